import assert from 'node:assert/strict';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serveAll } from './serve-all.ts';

describe('every operation over REST, facade, SOAP and mock', function () {
  this.timeout(60_000);

  for (const [file, count] of [
    ['../../examples/bank/wsdl/core-banking.wsdl', 4],
    ['../../examples/bank/wsdl/payments.wsdl', 4],
    ['../../examples/bank/wsdl/cards.wsdl', 2],
    ['../fixtures/contracts/encoded-library.wsdl', 3],
  ] as const) {
    it(`answers each of the ${count} operations of ${basename(file)} with 2xx`, async () => {
      const outcomes = await serveAll(fileURLToPath(new URL(file, import.meta.url)));
      assert.deepEqual(
        outcomes.filter((outcome) => outcome.problem !== undefined),
        [],
      );
      assert.equal(outcomes.length, count);
    });
  }
});
