import { mkdirSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { createMockServer } from '../../mocks/index.ts';
import { compileContract, type CompileOptions } from '../../wsdl/index.ts';
import { blame, type Ending } from './blame.ts';
import type { ClientCase, ProbeLine } from './case.ts';
import type { SoapClient } from './clients.ts';
import { makeCases } from './make-cases.ts';
import { openTap, type Tap } from './tap.ts';

export interface Tried {
  readonly cases: readonly ClientCase[];
  /** By the name of the client, in the order of the cases. */
  readonly endings: ReadonlyMap<string, readonly Ending[]>;
}

/** Lets each client call every operation of a mock of the WSDL. `work`: a folder for whatever has to be generated. */
export async function tryContract(
  wsdl: string,
  clients: readonly SoapClient[],
  work: string,
  options: CompileOptions = {},
): Promise<Tried> {
  const compiled = await compileContract(wsdl, options);
  const contract = compiled.contract!;
  const mock = await createMockServer({ wsdl: compiled });
  const tap = await openTap(mock.url);
  try {
    const folder = mkdtempSync(join(work, 'contract-'));
    const endpointOf = (service: string, port: string): string =>
      mock.endpointOf(service, port).replace(mock.url, tap.url);
    const cases = makeCases(contract, endpointOf, folder);
    const { name, ports } = contract.services.find((service) => service.ports.length > 0)!;
    const served = `${endpointOf(name, ports[0]!.name)}?wsdl`;
    const endings = new Map<string, Ending[]>();
    for (const client of clients) {
      const own = join(folder, client.name.replaceAll(/\W/g, '-'));
      mkdirSync(own);
      tap.exchanges.clear();
      const lines = await linesOf(client, {
        wsdl: served,
        folder: own,
        catalog: options.catalog ?? {},
        cases,
      });
      endings.set(client.name, await endingsOf(wsdl, cases, lines, tap, options));
    }
    return { cases, endings };
  } finally {
    await tap.close();
    await mock.close();
  }
}

/** A client that fails as a whole fails at every case, for the same reason. */
async function linesOf(client: SoapClient, job: Parameters<SoapClient['call']>[0]): Promise<ProbeLine[]> {
  try {
    return await client.call(job);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return job.cases.map(({ id }) => ({ id, ok: false, reason }));
  }
}

async function endingsOf(
  wsdl: string,
  cases: readonly ClientCase[],
  lines: readonly ProbeLine[],
  { exchanges }: Tap,
  options: CompileOptions,
): Promise<Ending[]> {
  const endings: Ending[] = [];
  for (const one of cases) {
    const line = lines.find(({ id }) => id === one.id);
    endings.push(await blame(wsdl, one, line, exchanges.get(one.id), options));
  }
  return endings;
}
