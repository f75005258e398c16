import { XmlDocument } from 'libxml2-wasm';
import { formatViolation, judgeEnvelope, type Subject, type XmlJudge } from '../../judge/index.ts';
import type { DecodeOptions, JsonValue, MessageCodec, MessageDecoder } from '../../wsdl/index.ts';
import { canonical } from './canonical.ts';
import type { JsonJudge } from './json-judge.ts';
import type { CheckName } from './report.ts';
import { firstDifference } from './same-value.ts';
import { jsonOf, type Translator } from './translator.ts';

/** What looks at a message. */
export interface Bench {
  readonly translator: Translator;
  readonly xml: XmlJudge;
  readonly json: JsonJudge;
}

export interface CheckedMessage {
  /** Missing if the message could not be encoded. */
  readonly xml?: Uint8Array;
  readonly isValidated: boolean;
  /** Whether the sample breaks an identity constraint: then no other engine should judge it either. */
  readonly isBeyondUs: boolean;
  readonly failure?: { readonly check: CheckName; readonly cause: string };
}

/** Runs all checks on one value of a message, up to the first that fails. */
export function checkMessage(subject: Subject, value: JsonValue, bench: Bench): CheckedMessage {
  const steps = new Steps();
  const { translator } = bench;
  const { reader } = translator;
  const xml = steps.run('encode', () => translator.encode(value));
  if (!xml) return { ...UNJUDGED, ...steps.outcome };
  const outcome = checkXml(steps, subject, xml, bench.xml);
  const json =
    reader && steps.run('decode', () => jsonOf(subject, reader.decode(xml, translator.attached(value))));
  if (json) checkJson(steps, subject, { value, xml, json, options: translator.attached(value) }, bench);
  else steps.check('openapi', () => bench.json.faultsOf(subject, value)[0]);
  return { xml, ...outcome, ...steps.outcome };
}

/** Remembers the first failure, and skips what comes after it. */
class Steps {
  outcome: Pick<CheckedMessage, 'failure'> = {};

  run<T>(check: CheckName, step: () => T): T | undefined {
    if (this.outcome.failure) return undefined;
    try {
      return step();
    } catch (error) {
      this.#fail(check, error instanceof Error ? error.message : String(error));
      return undefined;
    }
  }

  /** `fault` says what is wrong, if anything is. */
  check(name: CheckName, fault: () => string | undefined): void {
    const cause = this.run(name, fault);
    if (cause !== undefined) this.#fail(name, cause);
  }

  #fail(check: CheckName, cause: string): void {
    this.outcome = { failure: { check, cause: cause.slice(0, LONGEST_CAUSE) } };
  }
}

const LONGEST_CAUSE = 600;

/** `isValidated`: libxml2 found it valid. `isBeyondUs`: it breaks an identity constraint, and perhaps nothing else. */
type XmlOutcome = Pick<CheckedMessage, 'isValidated' | 'isBeyondUs'>;

const UNJUDGED: XmlOutcome = { isValidated: false, isBeyondUs: false };

function isEncoded({ message }: Subject): boolean {
  return message?.body.use === 'encoded';
}

function checkXml(steps: Steps, subject: Subject, xml: Uint8Array, judge: XmlJudge): XmlOutcome {
  const document = steps.run('structure', () => XmlDocument.fromBuffer(xml));
  if (!document) return UNJUDGED;
  try {
    const verdict = steps.run('structure', () => judgeEnvelope(document, subject, judge));
    steps.check('structure', () => verdict?.structure[0]);
    if (judge.refusal !== undefined) return UNJUDGED;
    steps.check('schema', () => verdict?.faults.map(formatViolation)[0]);
    const isBeyondUs = (verdict?.identityFaults.length ?? 0) > 0;
    const isSure = !isBeyondUs && !isEncoded(subject) && !verdict?.isUnsure;
    return { isValidated: !steps.outcome.failure && isSure, isBeyondUs };
  } finally {
    document.dispose();
  }
}

interface RoundTrip {
  readonly value: JsonValue;
  readonly xml: Uint8Array;
  readonly json: Uint8Array;
  readonly options: DecodeOptions;
}

function checkJson(
  steps: Steps,
  subject: Subject,
  { value, xml, json, options }: RoundTrip,
  { translator, json: judge }: Bench,
): void {
  const decoded = steps.run('decode', () => JSON.parse(Buffer.from(json).toString()) as JsonValue);
  if (decoded === undefined) return;
  steps.check('round-trip', () => {
    const where = firstDifference(value, decoded);
    return where === undefined ? undefined : `the value decoded differs from the one encoded at ${where}`;
  });
  steps.check('re-encode', () =>
    isSameXml(xml, translator.encode(decoded))
      ? undefined
      : 'the value decoded is encoded to another message',
  );
  steps.check('decoders', () =>
    differing(
      json,
      jsonOf(subject, translator.reader!.decode(xml, { ...options, generalOnly: true })),
      'the general decoder',
    ),
  );
  const size = oddChunkSize(xml.length);
  steps.check('chunks', () =>
    differing(
      json,
      decodeInChunks(subject, translator.reader!, xml, size, options),
      `chunks of ${size} bytes`,
    ),
  );
  steps.check('attachments', () => {
    // The encoding has ways of its own to refer to values; XOP inside of it is not read.
    const packed = isEncoded(subject) ? undefined : translator.packed(value);
    if (!packed) return undefined;
    const other = jsonOf(subject, translator.reader!.decode(packed.envelope, packed.options));
    return differing(json, other, 'the message with its binary content beside the envelope');
  });
  steps.check('openapi', () => judge.faultsOf(subject, value)[0] ?? judge.faultsOf(subject, decoded)[0]);
}

function isSameXml(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0 || canonical(one) === canonical(other);
}

function differing(json: Uint8Array, other: Uint8Array, what: string): string | undefined {
  return Buffer.compare(json, other) === 0
    ? undefined
    : `${what} gives other JSON bytes than the decoder for whole messages`;
}

/** A few hundred chunks at the most, cut where no character or tag ends by habit. */
function oddChunkSize(length: number): number {
  return Math.max(7, Math.ceil(length / 400) * 2 + 1);
}

function decodeInChunks(
  subject: Subject,
  reader: MessageCodec,
  xml: Uint8Array,
  size: number,
  options: DecodeOptions,
): Uint8Array {
  const runs: Uint8Array[] = [];
  const decoder: MessageDecoder = reader.createDecoder((json) => runs.push(json.slice()), options);
  for (let start = 0; start < xml.length; start += size) decoder.write(xml.subarray(start, start + size));
  const end = decoder.end();
  return jsonOf(subject, end.kind === 'fault' ? end : { kind: 'message', json: Buffer.concat(runs) });
}
