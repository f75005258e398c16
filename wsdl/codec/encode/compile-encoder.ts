import type { Contract, Message } from '../../contract.ts';
import type { SoapVersion } from '../../qname.ts';
import { attachmentSink } from '../attachments/attachment-sink.ts';
import type { EncodedPackage, JsonValue, PackageOptions } from '../codec.ts';
import { output } from './byte-output.ts';
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
    const envelope = encode(value);
    const { attachments, packaging } = sink.take();
    return { envelope, attachments, packaging };
  };
}

/** Joins the two variants of an encoder to one function. */
export function encoderOf<V>(compile: (mode: EncoderMode) => MessageEncoder<V>): (value: V) => Uint8Array {
  let fast: MessageEncoder<V> | undefined;
  let tracking: MessageEncoder<V> | undefined;
  return (value) => {
    try {
      fast ??= compile('fast');
      return output.take(fast(value, undefined, output.begin()));
    } catch (error) {
      if (error !== FIRST_FAULT) throw error;
      const track = (tracking ??= compile('tracking'));
      throw new FaultCollector().run((faults) => track(value, faults, output.begin()));
    }
  };
}
