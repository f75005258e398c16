import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import {
  compileCodec,
  loadContract,
  sampleMessage,
  type Contract,
  type MessageCodec,
} from '../../../../wsdl/index.ts';
import { toAxisForm } from './axis-form.ts';

const WSDL = fileURLToPath(new URL('../../../fixtures/contracts/encoded-library.wsdl', import.meta.url));
const SEEDS = Array.from({ length: 25 }, (_, index) => index + 1);

function decode(codec: MessageCodec, xml: Uint8Array | string): unknown {
  const decoded = codec.decode(Buffer.from(xml));
  assert.ok(decoded.kind === 'message');
  return JSON.parse(Buffer.from(decoded.json).toString());
}

describe('samples of an rpc/encoded contract', () => {
  let contract: Contract;

  before(async () => {
    contract = await loadContract(WSDL);
  });

  for (const port of ['Library11', 'Library12']) {
    for (const operation of ['find', 'add', 'plan']) {
      it(`come back the same and are written the same again: ${operation} of ${port}`, () => {
        const codec = compileCodec(contract, { service: 'Library', port, operation });
        for (const [message, half] of [
          [codec.operation.input, codec.input],
          [codec.operation.output!, codec.output!],
        ] as const) {
          for (const seed of SEEDS) {
            const value = sampleMessage(contract, message, { seed, mode: 'random' });
            const xml = half.encode(value);
            assert.deepEqual(decode(half, xml), value);
            assert.deepEqual(half.encode(decode(half, xml) as typeof value), xml);
          }
        }
      });
    }
  }

  it('come back the same in the form of independent elements, as other servers write', () => {
    for (const operation of ['find', 'add', 'plan']) {
      const codec = compileCodec(contract, { service: 'Library', port: 'Library11', operation });
      for (const seed of SEEDS) {
        const value = sampleMessage(contract, codec.operation.input, { seed, mode: 'random' });
        assert.deepEqual(decode(codec.input, toAxisForm(codec.input.encode(value))), value);
      }
    }
  });

  it('come back the same without xsi:type, where that only repeats the contract', () => {
    const codec = compileCodec(contract, { service: 'Library', port: 'Library11', operation: 'plan' });
    for (const seed of SEEDS) {
      const value = sampleMessage(contract, codec.operation.input, { seed, mode: 'random' });
      assert.deepEqual(decode(codec.input, toAxisForm(codec.input.encode(value), true)), value);
    }
  });
});
