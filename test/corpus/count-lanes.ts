import {
  compileCodec,
  DecodeError,
  sampleVariants,
  type Binding,
  type Contract,
  type JsonValue,
  type Message,
  type MessageCodec,
  type Operation,
} from '../../wsdl/index.ts';
import { SpecialisedDecoder } from '../../wsdl/codec/specialised/specialised-decoder.ts';

export interface LaneCounts {
  samples: number;
  /** Read by the specialised decoder to the end. */
  specialised: number;
  /** How many were left to the general decoder, by reason. */
  readonly left: Map<string, number>;
  /** Messages that the decoders read otherwise than each other. */
  readonly different: string[];
  readonly listed: string[];
}

/** A message of an operation, with both its decoders. */
interface Lane {
  readonly name: string;
  readonly message: Message;
  readonly codec: MessageCodec;
  readonly decoder: SpecialisedDecoder;
}

const SAMPLES = { seed: 1, mostCovering: 3, random: 1 } as const;
/** Cut where no tag ends by habit. */
const CHUNK = 20_011;

/** Adds the samples of a contract to `counts`; stops after so many seconds of the processor. */
export function countLanes(contract: Contract, name: string, counts: LaneCounts, seconds: number): void {
  const start = process.cpuUsage();
  for (const binding of new Set(Object.values(contract.bindings)))
    for (const operation of binding.operations) {
      if (process.cpuUsage(start).user > seconds * 1e6) return;
      for (const lane of lanesOf(contract, binding, operation)) countLane(contract, name, lane, counts);
    }
}

function lanesOf(contract: Contract, { soapVersion, name }: Binding, operation: Operation): Lane[] {
  const codecs = codecsOf(contract, name, operation);
  return (['input', 'output'] as const).flatMap((direction) => {
    const message = operation[direction];
    const codec = codecs?.[direction];
    if (message === undefined || codec === undefined) return [];
    const isAnswer = direction === 'output';
    const faults = isAnswer ? operation.faults : [];
    const decoder = new SpecialisedDecoder({ contract, soapVersion, message, faults, isAnswer });
    return [{ name: `${operation.id} ${direction}`, message, codec, decoder }];
  });
}

/** Undefined for a binding that no port has. */
function codecsOf(
  { services, ...contract }: Contract,
  { namespace, local }: Binding['name'],
  { id }: Operation,
): ReturnType<typeof compileCodec> | undefined {
  const key = `{${namespace}}${local}`;
  for (const service of services)
    for (const port of service.ports)
      if (port.binding === key)
        return compileCodec(
          { services, ...contract },
          { service: service.name, port: port.name, operation: id },
        );
  return undefined;
}

function countLane(contract: Contract, name: string, lane: Lane, counts: LaneCounts): void {
  for (const { name: variant, value } of variantsOf(contract, lane.message)) {
    const xml = encoded(lane.codec, value);
    if (xml === undefined) continue;
    const place = `${name} ${lane.name} ${variant}`;
    counts.samples += 1;
    const expected = outcome(() => lane.codec.decode(xml, { generalOnly: true }));
    const others = [outcome(() => lane.codec.decode(xml)), outcome(() => decodeInChunks(lane.codec, xml))];
    if (others.some((other) => other !== expected)) counts.different.push(place);
    const reason = reasonOf(lane, xml, expected);
    if (reason === undefined) counts.specialised += 1;
    else {
      counts.left.set(reason, (counts.left.get(reason) ?? 0) + 1);
      counts.listed.push(`${place}: ${reason}`);
    }
  }
}

function* variantsOf(
  contract: Contract,
  message: Message,
): Generator<{ readonly name: string; readonly value: JsonValue }> {
  try {
    yield* sampleVariants(contract, message, SAMPLES);
  } catch {
    // No more samples can be made: what there are have been counted.
  }
}

function encoded(codec: MessageCodec, value: JsonValue): Uint8Array | undefined {
  try {
    return codec.encode(value);
  } catch {
    return undefined;
  }
}

/** Why the specialised decoder does not read a message; undefined if it does. */
function reasonOf({ message, decoder }: Lane, xml: Uint8Array, expected: string): string | undefined {
  const { kind, use } = message.body;
  if (message.attachments) return 'it has attachments';
  if (kind === 'content') return 'soap:Body is itself of a type';
  if (use === 'encoded' && kind !== 'rpc') return 'it is of SOAP encoding, but not rpc';
  if (decoder.decode(xml) !== undefined) return undefined;
  if (expected.startsWith('error')) return `it is refused: ${expected.slice(0, 60)}`;
  return wildcardReason(xml) ?? 'another reason';
}

/** Samples name what only a wildcard allows so that it is known. */
function wildcardReason(xml: Uint8Array): string | undefined {
  const text = Buffer.from(xml).toString();
  if (/<x:any |urn:example:any/.test(text)) return 'an element that only a wildcard allows';
  return /any-attribute/.test(text) ? 'an attribute that only a wildcard allows' : undefined;
}

function outcome(decode: () => ReturnType<MessageCodec['decode']>): string {
  try {
    const decoded = decode();
    return decoded.kind === 'fault'
      ? `fault ${JSON.stringify(decoded.fault)}`
      : Buffer.from(decoded.json).toString();
  } catch (error) {
    if (error instanceof DecodeError) return `error ${error.code} ${error.message}`;
    throw error;
  }
}

function decodeInChunks(codec: MessageCodec, xml: Uint8Array): ReturnType<MessageCodec['decode']> {
  const runs: Uint8Array[] = [];
  const decoder = codec.createDecoder((json) => runs.push(json));
  for (let from = 0; from < xml.length; from += CHUNK) decoder.write(xml.subarray(from, from + CHUNK));
  const end = decoder.end();
  return end.kind === 'fault' ? end : { kind: 'message', json: Buffer.concat(runs) };
}
