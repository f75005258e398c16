import type { Contract, FaultMessage, Message, Operation } from '../contract.ts';
import type { SoapVersion } from '../qname.ts';
import type { MessageCodec, OperationCodec } from './codec.ts';
import { compileDecoder, type CompiledDecoder } from './decode/compile-decoder.ts';
import type { DecodePlan } from './decode/message-plan.ts';
import { compileEncoder } from './encode/compile-encoder.ts';
import { compileFaultEncoder } from './encode/compile-fault-encoder.ts';
import { hasSoapArray } from './encoded/has-soap-array.ts';
import { findOperation, type OperationSelector } from './find-operation.ts';
import { SpecialisedDecoder } from './specialised/specialised-decoder.ts';
import { twoLaneDecoder } from './specialised/two-lane-decoder.ts';

/**
 * The codecs of one operation. Each direction of each message is compiled when it is first used.
 *
 * @throws SelectionError that names what there is, if the contract has no such operation.
 */
export function compileCodec(contract: Contract, selector: OperationSelector): OperationCodec {
  const { binding, operation } = findOperation(contract, selector);
  const { soapVersion } = binding;
  return {
    operation,
    soapVersion,
    input: messageCodec(contract, soapVersion, operation.input, [], false),
    ...(operation.output && {
      output: messageCodec(contract, soapVersion, operation.output, operation.faults, true),
    }),
    encodeFault: faultEncoder(contract, soapVersion, operation),
  };
}

function messageCodec(
  contract: Contract,
  soapVersion: SoapVersion,
  message: Message,
  faults: readonly FaultMessage[],
  isAnswer: boolean,
): MessageCodec {
  let encoder: MessageCodec['encodePackage'] | undefined;
  let compiled: CompiledDecoder | undefined;
  const decoder = (): CompiledDecoder =>
    (compiled ??= decoderOf({ contract, soapVersion, message, faults, isAnswer }));
  const encodePackage: MessageCodec['encodePackage'] = (value, options) => {
    encoder ??= compileEncoder({ contract, soapVersion, message });
    return encoder(value, options);
  };
  return {
    encode: (value) => encodePackage(value).envelope,
    encodePackage,
    createDecoder: (write, options) => decoder().create(write, options),
    decode: (bytes, options) => decoder().decodeWhole(bytes, options),
  };
}

/** Only the general decoder knows attachments, a Body that is itself of a type, and arrays of SOAP encoding elsewhere than in rpc messages of it. */
function decoderOf(plan: DecodePlan): CompiledDecoder {
  const general = compileDecoder(plan);
  const { body, attachments } = plan.message;
  const { kind, use, shape, members } = body;
  const isKnown =
    use === 'encoded' ? kind === 'rpc' && shape === 'members' : !hasSoapArray(plan.contract, members);
  if (attachments || kind === 'content' || !isKnown) return general;
  return twoLaneDecoder(general, new SpecialisedDecoder(plan));
}

function faultEncoder(
  contract: Contract,
  soapVersion: SoapVersion,
  operation: Operation,
): OperationCodec['encodeFault'] {
  let encode: OperationCodec['encodeFault'] | undefined;
  return (fault) => {
    encode ??= compileFaultEncoder({ contract, soapVersion, faults: operation.faults });
    return encode(fault);
  };
}
