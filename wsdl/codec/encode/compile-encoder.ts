import type { Contract, Message } from '../../contract.ts';
import type { SoapVersion } from '../../qname.ts';
import { attachmentSink } from '../attachments/attachment-sink.ts';
import type { EncodedPackage, JsonValue, PackageOptions } from '../codec.ts';
import { encodeMessage, type MessageEncoder } from './encode-message.ts';
import { FIRST_FAULT, FaultCollector } from './fault-collector.ts';
import type { EncoderMode } from './source-writer.ts';

export interface EncoderPlan {
  readonly contract: Contract;
  readonly soapVersion: SoapVersion;
  readonly message: Message;
}

/**
 * JSON value -> SOAP envelope in UTF-8, and its attachments. Two variants come from one generator: a fast one that stops at the first fault,
 * and one that finds every fault and its pointer, run only on values that the fast one refused. Both are compiled when
 * first used.
 *
 * The function throws a ValueError if the value does not fit.
 */
export function compileEncoder(
  plan: EncoderPlan,
): (value: JsonValue, options?: PackageOptions) => EncodedPackage {
  const encode = encoderOf((mode) => encodeMessage(plan, mode));
  const sink = attachmentSink(plan.contract);
  return (value, { leastOctets = Infinity } = {}) => {
    sink.begin(leastOctets);
    return { envelope: encode(value), ...sink.take() };
  };
}

/** Joins the two variants of an encoder to one function. */
export function encoderOf<V>(compile: (mode: EncoderMode) => MessageEncoder<V>): (value: V) => Uint8Array {
  const encoders = new Map<EncoderMode, MessageEncoder<V>>();
  const encoder = (mode: EncoderMode): MessageEncoder<V> => {
    const known = encoders.get(mode) ?? compile(mode);
    encoders.set(mode, known);
    return known;
  };
  return (value) => {
    try {
      return Buffer.from(encoder('fast')(value, undefined));
    } catch (error) {
      if (error !== FIRST_FAULT) throw error;
      throw new FaultCollector().run((faults) => encoder('tracking')(value, faults));
    }
  };
}
