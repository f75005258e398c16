import assert from 'node:assert/strict';
import { translate } from '../../../facade/operations/translate.ts';
import type { MessageCodec } from '../../../wsdl/index.ts';
import { compileResponse, e, envelope } from '../../wsdl/decode/decoding.ts';

const SCHEMA = `<xs:element name="Run"><xs:complexType><xs:sequence>
  <xs:element name="Row" type="xs:string" maxOccurs="unbounded"/>
</xs:sequence></xs:complexType></xs:element>`;

const ROWS = Array.from({ length: 20_000 }, (_, index) => `row ${index}`);
const MESSAGE = Buffer.from(envelope(e('Run', ROWS.map((row) => e('Row', row)).join(''))));
const CHUNK = 50_000;

function chunksOf(bytes: Uint8Array): Uint8Array[] {
  const count = Math.ceil(bytes.length / CHUNK);
  return Array.from({ length: count }, (_, index) =>
    Uint8Array.from(bytes.subarray(index * CHUNK, (index + 1) * CHUNK)),
  );
}

async function* inTurn(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks;
}

describe('translating an answer as it comes', () => {
  let codec: MessageCodec;

  before(async () => {
    codec = await compileResponse({ schema: SCHEMA });
  });

  for (const generalOnly of [false, true])
    it(`gives the memory of what it has read back, ${generalOnly ? 'read by the general decoder' : 'read fast'}`, async () => {
      const [beginning, ...rest] = chunksOf(MESSAGE);
      const runs: Uint8Array[] = [];
      for await (const run of translate(codec, { generalOnly }, beginning!, inTurn(rest))) runs.push(run);
      assert.deepEqual(JSON.parse(Buffer.concat(runs).toString()), { row: ROWS });
      assert.ok(runs.length > 5);
      assert.deepEqual(new Set([beginning!, ...rest].map(({ length }) => length)), new Set([0]));
    });
});
