import {
  compileCodec,
  DecodeError,
  SampleError,
  sampleMessage,
  ValueError,
  type Contract,
  type JsonValue,
  type Message,
  type MessageCodec,
} from '../../wsdl/index.ts';
import { mutateBytes, mutateJson } from './mutate.ts';
import { Numbers } from './numbers.ts';

/** One message of a contract with an example of it. */
export interface Target {
  readonly name: string;
  readonly codec: MessageCodec;
  readonly value: JsonValue;
  readonly xml: Uint8Array;
}

export interface FuzzReport {
  /** Messages given to decoders and values given to encoders. */
  decoded: number;
  encoded: number;
  /** How many of them were taken. */
  accepted: number;
  /** Milliseconds of the slowest. */
  slowest: number;
  /** What no one may throw, and what took longer than a second. */
  readonly defects: string[];
}

const LONGEST = 1_000;

export function targetsOf(contract: Contract): Target[] {
  const targets: Target[] = [];
  for (const service of contract.services) {
    for (const port of service.ports) {
      for (const { id, input, output } of contract.bindings[port.binding]?.operations ?? []) {
        const codec = compileCodec(contract, { service: service.name, port: port.name, operation: id });
        targets.push(...targetOf(contract, `${id} in`, input, codec.input));
        if (output && codec.output) targets.push(...targetOf(contract, `${id} out`, output, codec.output));
      }
    }
  }
  return targets;
}

/** Nothing where no example can be made. */
function targetOf(contract: Contract, name: string, message: Message, codec: MessageCodec): Target[] {
  try {
    const value = sampleMessage(contract, message, { mode: 'random', seed: 3, maxDepth: 6 });
    return [{ name, codec, value, xml: codec.encode(value) }];
  } catch (error) {
    if (error instanceof SampleError) return [];
    throw error;
  }
}

/** Mutates messages and values of the targets in turn, and compares both decoders, until `isDone`, which is told how many there were. */
export function fuzz(
  targets: readonly Target[],
  seed: number,
  isDone: (rounds: number) => boolean,
): FuzzReport {
  const numbers = new Numbers(seed);
  const report: FuzzReport = { decoded: 0, encoded: 0, accepted: 0, slowest: 0, defects: [] };
  for (let rounds = 0; !isDone(rounds); rounds++) {
    const target = numbers.pick(targets);
    const isJson = numbers.below(3) === 0;
    if (isJson) attempt(report, target, () => target.codec.encode(mutateJson(numbers, target.value)));
    else decodeMutated(report, target, numbers);
    report[isJson ? 'encoded' : 'decoded'] += 1;
  }
  return report;
}

function decodeMutated(report: FuzzReport, target: Target, numbers: Numbers): void {
  const isNoise = numbers.below(20) === 0;
  const noise = (): Uint8Array =>
    Buffer.from(Array.from({ length: numbers.below(300) }, () => numbers.below(256)));
  const message = isNoise ? noise() : mutateBytes(numbers, target.xml);
  const largest = numbers.pick([3, 50, 5_000, 1_000_000]);
  attempt(report, target, () => {
    const decoder = target.codec.createDecoder(() => undefined);
    for (let at = 0; at < message.length;) {
      const size = 1 + numbers.below(largest);
      decoder.write(message.subarray(at, at + size));
      at += size;
    }
    decoder.end();
  });
  if (outcomeOf(target, message, false) !== outcomeOf(target, message, true))
    report.defects.push(
      `${target.name}: the decoders disagree on ${Buffer.from(message).toString('base64')}`,
    );
}

/** What a decoder says of a message: JSON, fault or error. What no decoder may throw is told elsewhere. */
function outcomeOf({ codec }: Target, message: Uint8Array, generalOnly: boolean): string {
  try {
    const decoded = codec.decode(message, { generalOnly });
    return decoded.kind === 'fault' ? JSON.stringify(decoded.fault) : Buffer.from(decoded.json).toString();
  } catch (error) {
    return String(error);
  }
}

function attempt(report: FuzzReport, { name }: Target, step: () => unknown): void {
  const start = process.cpuUsage();
  try {
    step();
    report.accepted += 1;
  } catch (error) {
    if (!(error instanceof DecodeError || error instanceof ValueError))
      report.defects.push(
        `${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      );
  }
  // Time of the processor: what others do on the machine does not count.
  const time = process.cpuUsage(start).user / 1_000;
  report.slowest = Math.max(report.slowest, time);
  if (time > LONGEST) report.defects.push(`${name}: ${Math.round(time)} ms`);
}
