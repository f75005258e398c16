import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import {
  compileCodec,
  compileContract,
  formatDiagnostic,
  sampleMessage,
  SampleError,
  ValueError,
  type Contract,
  type JsonValue,
  type MessageCodec,
} from '../../../wsdl/index.ts';
import { canonical } from '../../../cli/doctor/canonical.ts';
import { documentOf, pointerOf, validatorOf, type Validate } from '../../openapi/validator.ts';
import { Choices } from './choices.ts';
import { varied } from './edge-values.ts';
import { judgeOf, type SchemaJudge } from './libxml2-schema.ts';
import { essence, readAs } from './same-value.ts';
import { buildContract, type GeneratedContract } from './schema-arbitrary.ts';

/** What became of one pair of schema and value. */
export type Outcome = 'held' | 'refused by libxml2' | 'without a value';

export interface Decisions {
  readonly schema: readonly number[];
  readonly value: readonly number[];
}

/** Builds a contract and a value and holds them to the law; throws an AssertionError that shows both if it is broken. */
export async function checkPair({ schema, value }: Decisions): Promise<Outcome> {
  return checkGenerated(buildContract(new Choices(schema)), new Choices(value));
}

export async function checkGenerated(generated: GeneratedContract, choices: Choices): Promise<Outcome> {
  const judge = judgeIfValid(generated);
  if (judge === undefined) return 'refused by libxml2';
  try {
    const contract = await compile(generated);
    return checkValues(contract, judge, choices);
  } catch (error) {
    if (error instanceof Error) error.message += `\n\n${Object.values(generated.schemas).join('\n\n')}`;
    throw error;
  } finally {
    judge.dispose();
  }
}

function judgeIfValid({ schemas }: GeneratedContract): SchemaJudge | undefined {
  try {
    return judgeOf(schemas);
  } catch {
    return undefined;
  }
}

async function compile({ wsdl, schemas }: GeneratedContract): Promise<Contract> {
  const documents: Readonly<Record<string, string>> = { 'generated.wsdl': wsdl, ...schemas };
  const { contract, diagnostics } = await compileContract('generated.wsdl', {
    load: async (uri) => Buffer.from(documents[uri] ?? assert.fail(`no document ${uri}`)),
  });
  assert.ok(contract, diagnostics.map(formatDiagnostic).join('\n'));
  return contract;
}

function checkValues(contract: Contract, judge: SchemaJudge, choices: Choices): Outcome {
  const { operation, input } = compileCodec(contract, { operation: 'Run' });
  const mode = choices.pick(['random', 'full', 'minimal', 'random'] as const);
  const seed = 1 + choices.below(1000);
  const sample = sampleIfPossible(() =>
    sampleMessage(contract, operation.input, { mode, seed, maxDepth: 6 }),
  );
  if (sample === undefined) return 'without a value';
  const checkSchema = schemaOf(contract);
  checkLaw({ codec: input, judge, checkSchema, choices }, sample);
  const value = varied(choices, sample, (candidate) => accepts(input, candidate));
  checkLaw({ codec: input, judge, checkSchema, choices }, value);
  return 'held';
}

function sampleIfPossible(sample: () => JsonValue): JsonValue | undefined {
  try {
    return sample();
  } catch (error) {
    if (error instanceof SampleError) return undefined;
    throw error;
  }
}

function schemaOf(contract: Contract): Validate {
  const media = ['responses', '200', 'content', 'application/json', 'schema'];
  return validatorOf(documentOf(contract))(pointerOf('paths', '/v1/bank/run', 'post', ...media));
}

function accepts(codec: MessageCodec, value: JsonValue): boolean {
  try {
    codec.encode(value);
    return true;
  } catch (error) {
    if (error instanceof ValueError) return false;
    throw error;
  }
}

interface Law {
  readonly codec: MessageCodec;
  readonly judge: SchemaJudge;
  readonly checkSchema: Validate;
  readonly choices: Choices;
}

/** encode -> valid for libxml2 -> decode -> equal -> encode gives the same bytes; JSON valid; chunks make no difference. */
function checkLaw({ codec, judge, checkSchema, choices }: Law, value: JsonValue): void {
  const shown = JSON.stringify(value);
  const first = codec.encode(value);
  const shownXml = `${shown}\n${Buffer.from(first).toString()}`;
  assert.equal(judge.reasonAgainst(first), '', `libxml2 refuses the XML of ${shownXml}`);
  const json = decode(codec, first, shownXml);
  const decoded = JSON.parse(json) as JsonValue;
  const wanted = readAs(essence(value), essence(decoded));
  assert.deepEqual(essence(decoded), wanted, `decoding changes ${shownXml}`);
  assert.deepEqual(checkSchema(decoded), [], `the OpenAPI schema refuses what was decoded: ${json}`);
  const second = codec.encode(decoded);
  if (isDeepStrictEqual(wanted, essence(value)))
    assert.equal(canonical(second), canonical(first), `encoding again changes ${shownXml}`);
  assert.deepEqual(JSON.parse(decode(codec, second, json)), decoded, `decoding again changes ${json}`);
  assert.equal(decodeInChunks(codec, first, choices), json, `chunks change ${shownXml}`);
}

function decode(codec: MessageCodec, xml: Uint8Array, shown: string): string {
  try {
    const decoded = codec.decode(xml);
    assert.ok(decoded.kind === 'message');
    return Buffer.from(decoded.json).toString();
  } catch (error) {
    return assert.fail(`${String(error)}\n${shown}`);
  }
}

function decodeInChunks(codec: MessageCodec, xml: Uint8Array, choices: Choices): string {
  const parts: Uint8Array[] = [];
  const decoder = codec.createDecoder((json) => parts.push(json));
  for (let at = 0; at < xml.length;) {
    const size = 1 + choices.below(50);
    decoder.write(xml.subarray(at, at + size));
    at += size;
  }
  decoder.end();
  return Buffer.concat(parts).toString();
}
