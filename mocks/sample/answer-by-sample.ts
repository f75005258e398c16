import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { sampleMessage, type JsonValue } from '../../wsdl/index.ts';
import type { Answered, SoapCall } from '../call.ts';
import { encodeAnswer, type SoapAnswer } from '../encode-answer.ts';

/** Answers where nobody else does. */
export type LastAnswerer = (call: SoapCall) => Answered;

/** Entries of a list, where the contract leaves it open. */
const LISTS = { from: 1, to: 4 };

/** Answers in memory: they are asked for again and again. */
const MOST_BYTES = 16 * 1024 * 1024;

/**
 * A sample that fits the contract and speaks of what was asked for. It depends on the seed, the operation and the request, and on
 * nothing else: not on what was asked before.
 */
export function createSampleAnswerer(seed: number): LastAnswerer {
  const made = new LRUCache<string, SoapAnswer>({ maxSize: MOST_BYTES });
  return (call) => {
    const asked = `${call.operation.id} ${JSON.stringify(call.input)}`;
    const key = `${call.packaging ?? ''} ${call.endpoint.path} ${asked}`;
    const answer = made.get(key) ?? encodeAnswer(call, { output: sampleOf(call, `${seed} ${asked}`) });
    made.set(key, answer, { size: key.length + answer.body.length + 1 });
    return { answer, by: { kind: 'sample' } };
  };
}

function sampleOf({ endpoint, operation, input }: SoapCall, of: string): JsonValue {
  const { output } = operation;
  if (output === undefined) return null;
  const seed = createHash('sha256').update(of).digest().readUInt32BE() >>> 1;
  return sampleMessage(endpoint.contract, output, { seed, echo: input, lists: LISTS });
}
