import { ANY_SIMPLE_TYPE, ANY_TYPE, typeOf } from '../builtin-types.ts';
import type { JsonValue } from '../codec/codec.ts';
import type { Contract, ElementParticle, Message } from '../contract.ts';
import type { QNameKey } from '../qname.ts';
import { attachedContent } from './attached-content.ts';
import { anySimpleValue, anyValue } from './any-value.ts';
import { Cast } from './believable/cast.ts';
import { complexValue } from './complex-value.ts';
import { Coverage } from './coverage.ts';
import { Echo } from './echo.ts';
import { elementValue, fillMembers } from './members.ts';
import { putMember, type Target } from './put-member.ts';
import { createRandom } from './random.ts';
import { isFinishing, type Place, type SampleOptions, type Sampler } from './sampler.ts';
import { simpleValue, verifiedValue } from './simple-value.ts';
import { terminationOf } from './termination.ts';

/** Entries of a list. */
const TWO = { from: 2, to: 2 };

/** Elements of a whole message: about 100 KB of XML. */
const wholeWallet = 1500;

/**
 * An example of a message as JSON, which the message's codec accepts; it holds at least what the contract requires.
 * @throws SampleError where the contract asks for what no value can satisfy.
 */
export function sampleMessage(contract: Contract, message: Message, options: SampleOptions = {}): JsonValue {
  const sampler = createSampler(contract, message.body.use, options);
  const body = bodyValue(sampler, message);
  const headers: Target = {};
  for (const header of message.headers) {
    const place = outside();
    if (isFinishing(sampler, place) || (sampler.mode === 'random' && sampler.random.chance(50))) continue;
    putMember(headers, header.jsonName, elementValue(sampler, header, place, place.wallet.left));
  }
  if (Object.keys(headers).length > 0 && isObject(body)) putMember(body, '@header', headers);
  return body;
}

/** An example of one element, e.g. the detail of a fault. See `sampleMessage`. */
export function sampleElement(
  contract: Contract,
  particle: ElementParticle,
  options: SampleOptions = {},
): JsonValue {
  return elementValue(createSampler(contract, 'literal', options), particle, outside(), wholeWallet);
}

function bodyValue(sampler: Sampler, { body, attachments = [] }: Message): JsonValue {
  const [only] = body.members;
  if (body.shape === 'value' && only) return elementValue(sampler, only, outside(), wholeWallet);
  const target: Target = {};
  const members = { sampler, place: outside(), target, heirs: body.members.length };
  for (const member of body.members) fillMembers(members, member);
  for (const { name, jsonName } of attachments) putMember(target, jsonName, attachedContent(name));
  return target;
}

function outside(): Place {
  return { depth: 0, open: [], wallet: { left: wholeWallet } };
}

function isObject(value: JsonValue): value is Target {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function createSampler(contract: Contract, use: Sampler['use'], options: SampleOptions): Sampler {
  const { seed = 1, mode = 'full', maxDepth = 12, coverage = new Coverage(), lists = TWO, echo } = options;
  const random = createRandom(seed);
  const sampler: Sampler = {
    contract,
    mode,
    maxDepth,
    coverage: mode === 'cover' ? coverage : undefined,
    use,
    random,
    cast: new Cast(random),
    firstDay: Math.abs(seed) % 28,
    lists,
    many: options.many,
    echo: echo === undefined || mode === 'cover' ? undefined : new Echo(echo),
    owners: [],
    documentation: '',
    termination: terminationOf(contract),
    dates: 0,
    ids: 0,
    elements: 0,
    inRawXml: new Set(),
    verified: (type, name, given) => verifiedValue(sampler, type, name, given),
    typed: (type, name, place, given) => typedValue(sampler, type, name, place, given),
  };
  return sampler;
}

function typedValue(sampler: Sampler, key: QNameKey, name: string, place: Place, given?: string): JsonValue {
  if (key === ANY_TYPE) return anyValue(sampler, name, place, given);
  if (key === ANY_SIMPLE_TYPE) return anySimpleValue(sampler, name, given);
  const type = typeOf(sampler.contract, key);
  return type.kind === 'simple'
    ? simpleValue(sampler, key, name, given)
    : complexValue(sampler, type, name, place, given);
}
