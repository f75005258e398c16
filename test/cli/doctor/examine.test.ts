import assert from 'node:assert/strict';

import { examine } from '../../../cli/doctor/examine.ts';

describe('the doctor', () => {
  for (const name of ['core-banking', 'payments', 'cards']) {
    it(`passes every operation of the bank's ${name} contract`, async () => {
      const report = await examine(`examples/bank/wsdl/${name}.wsdl`);
      assert.deepEqual(
        report.operations.flatMap(({ failure }) => failure ?? []),
        [],
      );
      assert.ok(report.passed);
      assert.equal(report.summary.validated, report.summary.messages);
    });
  }

  it('reports a file that is no WSDL', async () => {
    const report = await examine('package.json.txt');
    assert.equal(report.passed, false);
    assert.match(report.diagnostics.join('\n'), /LOAD_NOT_FOUND/);
  });
});
