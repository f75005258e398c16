import { createHash } from 'node:crypto';
import { sampleMessage, type JsonValue } from '../wsdl/index.ts';
import type { Answered, SoapCall } from './call.ts';
import { encodeAnswer } from './encode-answer.ts';

/** Where nobody else answers: a sample that fits the contract. */
export function answerBySample(call: SoapCall, seed: number): Answered {
  return { answer: encodeAnswer(call, { output: sampleOf(call, seed) }), by: { kind: 'sample' } };
}

/** Entries of a list, where the contract leaves it open. */
const LISTS = { from: 1, to: 4 };

/** The same seed and the same request give the same answer; another request gives another. */
function sampleOf({ endpoint, operation, input }: SoapCall, seed: number): JsonValue {
  const { id, output } = operation;
  if (output === undefined) return null;
  const digest = createHash('sha256')
    .update(`${seed} ${id} ${JSON.stringify(input)}`)
    .digest();
  return sampleMessage(endpoint.contract, output, {
    seed: digest.readUInt32BE() >>> 1,
    echo: input,
    lists: LISTS,
  });
}
