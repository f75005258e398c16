import type { Contract, FaultMessage, Message } from '../contract.ts';
import type { SoapVersion } from '../qname.ts';
import type { DecodeOptions, Decoded, MessageDecoder } from './codec.ts';

export interface CompiledDecoder {
  create(write: (json: Uint8Array) => void, options?: DecodeOptions): MessageDecoder;
  decodeWhole(bytes: Uint8Array, options?: DecodeOptions): Decoded;
}

export function compileDecoder(_: {
  contract: Contract;
  soapVersion: SoapVersion;
  message: Message;
  faults: readonly FaultMessage[];
}): CompiledDecoder {
  throw new Error('the decoder is not there yet');
}
