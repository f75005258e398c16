import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  compileCodec,
  loadContract,
  sampleMessage,
  ValueError,
  type Contract,
  type JsonValue,
  type OperationCodec,
} from '../../wsdl/index.ts';
import { mutationsOf } from './mutations.ts';
import { documentOf, pointerOf, validatorOf, type Validate } from './validator.ts';

const SEEDS = Array.from({ length: 12 }, (_, index) => index + 1);
/** What JSON Schema cannot see: whether a string is XML, and what the type that xs:anyType names asks for. */
function isBeyondSchema(refusal: string): boolean {
  return / raw-xml$|^\/field\//.test(refusal);
}

const MEDIA = ['content', 'application/json', 'schema'];

describe('JSON Schema and codec', () => {
  let contract: Contract;
  let codec: OperationCodec;
  let input: Validate;
  let output: Validate;

  before(async () => {
    const wsdl = await readFile(join(import.meta.dirname, 'constructs.wsdl'));
    contract = await loadContract('constructs.wsdl', { load: async () => wsdl });
    codec = compileCodec(contract, { operation: 'Exchange' });
    const compile = validatorOf(documentOf(contract));
    const post = ['paths', '/v1/bank/exchange', 'post'];
    input = compile(pointerOf(...post, 'requestBody', ...MEDIA));
    output = compile(pointerOf(...post, 'responses', '200', ...MEDIA));
  });

  function samples(): JsonValue[] {
    const random = SEEDS.map((seed) =>
      sampleMessage(contract, codec.operation.input, { mode: 'random', seed }),
    );
    return [sampleMessage(contract, codec.operation.input, { mode: 'full', maxDepth: 4 }), ...random];
  }

  /** The pointers and codes of what the codec has against a value. */
  function refusals(value: JsonValue): string[] {
    try {
      codec.input.encode(value);
      return [];
    } catch (error) {
      if (error instanceof ValueError) return error.faults.map(({ pointer, code }) => `${pointer} ${code}`);
      throw error;
    }
  }

  it('take the same samples', () => {
    for (const sample of samples()) {
      assert.deepEqual(refusals(sample), []);
      assert.deepEqual(input(sample), []);
      assert.deepEqual(output(sample), []);
    }
  });

  it('refuse the same requests', () => {
    let accepted = 0;
    let refused = 0;
    for (const sample of samples()) {
      for (const { what, value } of mutationsOf(sample)) {
        const bySchema = input(value);
        const byCodec = refusals(value);
        if (bySchema.length === 0 && byCodec.length > 0 && byCodec.every(isBeyondSchema)) continue;
        assert.equal(
          bySchema.length === 0,
          byCodec.length === 0,
          `${what}\nschema: ${bySchema.join('; ')}\ncodec: ${byCodec.join('; ')}`,
        );
        if (byCodec.length === 0) accepted += 1;
        else refused += 1;
      }
    }
    assert.ok(accepted > 500 && refused > 5000, `${accepted} accepted, ${refused} refused`);
  });

  it('agree on every answer that is decoded', () => {
    for (const sample of samples()) {
      const decoded = codec.output!.decode(codec.output!.encode(sample));
      assert.equal(decoded.kind, 'message');
      assert.deepEqual(output(JSON.parse(Buffer.from(decoded.json).toString()) as JsonValue), []);
    }
  });
});
