import assert from 'node:assert/strict';
import {
  compileCodec,
  compileContract,
  DecodeError,
  type DecodeOptions,
  type MessageCodec,
} from '../../../wsdl/index.ts';
import { SpecialisedDecoder } from '../../../wsdl/codec/specialised/specialised-decoder.ts';

/** Of the input of the operation `Run`: the codec, and the specialised decoder alone. */
export async function inputDecoders(
  wsdl: string,
): Promise<{ readonly codec: MessageCodec; readonly decoder: SpecialisedDecoder }> {
  const { contract } = await compileContract('t.wsdl', { load: () => Promise.resolve(Buffer.from(wsdl)) });
  assert.ok(contract);
  const { input, operation, soapVersion } = compileCodec(contract, { operation: 'Run' });
  const decoder = new SpecialisedDecoder({ contract, soapVersion, message: operation.input, faults: [] });
  return { codec: input, decoder };
}

/** What a message decodes to, as text: the JSON, the fault, or the error. */
export function outcomeOf(decode: () => ReturnType<MessageCodec['decode']>): string {
  try {
    const decoded = decode();
    if (decoded.kind === 'fault') return `fault ${JSON.stringify(decoded.fault)}`;
    return Buffer.from(decoded.json).toString();
  } catch (error) {
    if (error instanceof DecodeError) return `${error.code} ${error.message}`;
    throw error;
  }
}

/** Decodes by both decoders, which must agree, and in chunks. @returns the outcome. */
export function decodeByBoth(codec: MessageCodec, bytes: Uint8Array, options?: DecodeOptions): string {
  const general = outcomeOf(() => codec.decode(bytes, { ...options, generalOnly: true }));
  assert.equal(
    outcomeOf(() => codec.decode(bytes, options)),
    general,
  );
  return general;
}

/** Decodes in chunks of a size, the memory of each filled with something else afterwards. */
export function decodeInChunks(
  codec: MessageCodec,
  bytes: Uint8Array,
  size: number,
  options?: DecodeOptions,
): string {
  return outcomeOf(() => {
    const runs: Uint8Array[] = [];
    const decoder = codec.createDecoder((json) => runs.push(json), options);
    for (let from = 0; from < bytes.length; from += size) {
      const chunk = Uint8Array.from(bytes.subarray(from, from + size));
      decoder.write(chunk);
      chunk.fill(0);
    }
    const end = decoder.end();
    return end.kind === 'fault' ? end : { kind: 'message', json: Buffer.concat(runs) };
  });
}
