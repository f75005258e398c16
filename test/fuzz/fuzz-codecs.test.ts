import assert from 'node:assert/strict';
import { loadContract } from '../../wsdl/index.ts';
import { bankContracts } from './bank-contracts.ts';
import { fixtureContracts } from './fixture-contracts.ts';
import { fuzz, targetsOf, type Target } from './fuzz-codecs.ts';

const ROUNDS = 4_000;

describe('codecs under mutated messages and values', function () {
  this.timeout(60_000);

  it(`throw nothing but DecodeError and ValueError, and never take a second (${ROUNDS} of them)`, async () => {
    const bank = await Promise.all(bankContracts.map((wsdl) => loadContract(wsdl)));
    const targets = [...bank, ...(await fixtureContracts())].flatMap(targetsOf);
    assert.ok(targets.length > 60);
    const report = fuzz(targets, 7, (rounds) => rounds >= ROUNDS);
    assert.deepEqual(report.defects, []);
    assert.ok(report.accepted > 30, `only ${report.accepted} were accepted: too many are broken at once`);
  });

  it('report a codec that breaks', () => {
    const broken = {
      encode: () => assert.fail('broken'),
      encodePackage: () => assert.fail('broken'),
      createDecoder: () => assert.fail('broken'),
      decode: () => assert.fail('broken'),
    };
    const target: Target = { name: 'Broken', codec: broken, value: {}, xml: Buffer.from('<a/>') };
    assert.match(fuzz([target], 1, (rounds) => rounds > 0).defects.join(), /^Broken: AssertionError.*broken/);
  });
});
