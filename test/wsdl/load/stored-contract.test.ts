import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  compileContract,
  ContractError,
  loadContract,
  readStoredContract,
  storeContract,
} from '../../../wsdl/index.ts';
import { contractOfSchema, wsdlAround } from '../link/wsdl-text.ts';

describe('a stored contract', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'portico-stored-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('is the contract that was stored, and nothing else is left in the folder', async () => {
    const contract = await contractOfSchema('<xs:complexType name="T"/>');
    const path = join(folder, 'contract.json');
    await storeContract(contract, path);
    assert.deepEqual(await readStoredContract(path), contract);
    assert.deepEqual(await loadContract(path), contract);
    assert.deepEqual(await compileContract(path), { contract, diagnostics: [], documents: [] });
    assert.deepEqual(await readdir(folder), ['contract.json']);
  });

  const refused: Readonly<Record<string, [text: string, message: RegExp]>> = {
    'is not JSON': ['<xml/>', /is not JSON/],
    'is something else': ['[1]', /is not a stored contract/],
    'has another version': [
      '{"kind":"contract","version":0}',
      /was stored in format 0; this version reads format 1/,
    ],
    'lacks parts': ['{"kind":"contract","version":1,"name":"x"}', /with parts missing/],
  };
  for (const [what, [text, message]] of Object.entries(refused)) {
    it(`is refused if it ${what}`, async () => {
      const path = join(folder, 'contract.json');
      await writeFile(path, text);
      await assert.rejects(readStoredContract(path), message);
      await assert.rejects(loadContract(path), ContractError);
    });
  }

  it('is refused if there is no file', async () => {
    const { diagnostics } = await compileContract(join(folder, 'none.json'));
    assert.deepEqual(
      diagnostics.map(({ code }) => code),
      ['LOAD_NOT_FOUND'],
    );
  });
});

describe('loadContract', () => {
  it('throws all diagnostics in one error', async () => {
    const load = async (): Promise<Uint8Array> => Buffer.from(wsdlAround());
    await assert.rejects(loadContract('a.wsdl', { load }), (error) => {
      assert.ok(error instanceof ContractError);
      assert.deepEqual(
        error.diagnostics.map(({ code }) => code),
        ['WSDL_UNKNOWN_ELEMENT'],
      );
      return true;
    });
  });

  it('names the contract as told, else after its only service', async () => {
    const load = async (): Promise<Uint8Array> =>
      Buffer.from(wsdlAround('<xs:schema targetNamespace="urn:test"><xs:element name="Run"/></xs:schema>'));
    assert.equal((await loadContract('a.wsdl', { load })).name, 'S');
    assert.equal((await loadContract('a.wsdl', { load, name: 'bank' })).name, 'bank');
  });
});
