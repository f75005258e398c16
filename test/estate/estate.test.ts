import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { serveAll } from './serve-all.ts';

describe('every operation over REST, facade, SOAP and mock', function () {
  this.timeout(60_000);

  for (const [name, count] of [
    ['core-banking', 4],
    ['payments', 3],
    ['cards', 2],
  ] as const) {
    it(`answers each of the ${count} operations of ${name} with 2xx`, async () => {
      const wsdl = fileURLToPath(new URL(`../../examples/bank/wsdl/${name}.wsdl`, import.meta.url));
      const outcomes = await serveAll(wsdl);
      assert.deepEqual(
        outcomes.filter((outcome) => outcome.problem !== undefined),
        [],
      );
      assert.equal(outcomes.length, count);
    });
  }
});
