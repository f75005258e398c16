import { compileContract, formatDiagnostic, type Contract } from '../../wsdl/index.ts';

/** Compiles what a mock serves at ?wsdl, with nothing from elsewhere, and compares all but the addresses. */
export async function importFromMock(
  url: string,
  contract: Contract,
  causes: string[],
): Promise<'same' | 'different' | 'broken'> {
  const [service] = contract.services;
  const [port] = service?.ports ?? [];
  const path = [service?.name ?? '', port?.name ?? ''].map(encodeURIComponent).join('/');
  const { contract: again, diagnostics } = await compileContract(`${url}/${path}?wsdl`, {
    lenient: true,
    name: contract.name,
  });
  if (again === undefined) {
    causes.push(
      `?wsdl: ${diagnostics.map(formatDiagnostic).find((line) => / error /.test(line)) ?? 'broken'}`,
    );
    return 'broken';
  }
  // A service that the compiler made up for a binding without one is in no document.
  const isElsewhere = again.services
    .flatMap(({ ports }) => ports)
    .some(({ address }) => address !== undefined && !address.startsWith(`${url}/`));
  if (isElsewhere) causes.push('?wsdl: an address that does not lead to the mock');
  const where = difference(withoutAddresses(contract), withoutAddresses(again));
  if (where !== undefined) causes.push(`?wsdl: another contract at ${where}`);
  return where === undefined && !isElsewhere ? 'same' : 'different';
}

function withoutAddresses(contract: Contract): unknown {
  return JSON.parse(
    JSON.stringify(contract, (key, value: unknown) => (key === 'address' ? undefined : value)),
  );
}

/** JSON Pointer of the first difference. */
function difference(one: unknown, other: unknown, at = ''): string | undefined {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null)
    return one === other ? undefined : `${at} (${JSON.stringify(one)} and ${JSON.stringify(other)})`;
  const [ours, theirs] = [one as Record<string, unknown>, other as Record<string, unknown>];
  for (const key of new Set([...Object.keys(ours), ...Object.keys(theirs)])) {
    const where = difference(ours[key], theirs[key], `${at}/${key}`);
    if (where !== undefined) return where;
  }
  return undefined;
}
