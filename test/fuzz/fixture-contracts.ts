import { join } from 'node:path';
import { compileContract, type Contract } from '../../wsdl/index.ts';
import { readContractFolder } from '../corpus/inventory.ts';

const FOLDER = join(import.meta.dirname, '../fixtures/contracts');

/** The contracts of the fixtures that compile, one for each construct. */
export async function fixtureContracts(): Promise<Contract[]> {
  const { rows, catalog } = readContractFolder(FOLDER);
  const usable = rows.filter(({ tier }) => tier !== 'negative');
  const compiled = await Promise.all(
    usable.map(({ file }) => compileContract(file, { catalog, lenient: true, allowedRoots: [FOLDER] })),
  );
  return compiled.flatMap(({ contract }) => (contract ? [contract] : []));
}
