import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { skipBecause } from '../services/skip-because.ts';
import { soapClients } from './clients.ts';
import { tryContract } from './try-contract.ts';

const BANK = join(import.meta.dirname, '../../examples/bank/wsdl/core-banking.wsdl');

/** strong-soap is in no package of Debian: it takes part in `npm run clients`. */
const clients = soapClients({ strongSoap: undefined, jaxWs: undefined, python: undefined }).filter(
  ({ name }) => name !== 'strong-soap',
);

describe('SOAP clients that others wrote', function () {
  this.timeout(240_000);
  let work = '';

  before(() => {
    work = mkdtempSync(join(tmpdir(), 'portico-clients-'));
  });
  after(() => {
    rmSync(work, { recursive: true });
  });

  for (const client of clients)
    it(`${client.name} calls every operation of the mock and reads every answer`, async function () {
      const missing = await client.missing();
      if (missing !== undefined) skipBecause(this, missing);
      const { cases, endings } = await tryContract(BANK, [client], work);
      assert.ok(cases.length > 0);
      const failed = endings.get(client.name)!.filter(({ kind }) => kind !== 'answered');
      assert.deepEqual(failed, []);
    });
});
