import type { DecodeOptions, MessageCodec, SoapFault } from '../../wsdl/index.ts';
import { release } from './release.ts';

interface FaultAnswer {
  readonly kind: 'fault';
  readonly fault: SoapFault;
}

/**
 * SOAP bytes in, JSON bytes out, no more at a time than one chunk makes: whoever does not ask for the next run makes the
 * service wait. A run is the reader's own, as `beginning` and the chunks of `rest` are `translate`'s, which releases them. Ends with
 * the fault if one came instead of a message. @throws DecodeError, ConnectorError
 */
export async function* translate(
  output: MessageCodec,
  options: DecodeOptions,
  beginning: Uint8Array,
  rest: AsyncIterator<Uint8Array, unknown>,
): AsyncGenerator<Uint8Array, FaultAnswer | undefined> {
  const runs: Uint8Array[] = [];
  const decoder = output.createDecoder((json) => {
    runs.push(json);
  }, options);
  const decode = (chunk: Uint8Array): void => {
    decoder.write(chunk);
    release(chunk);
  };
  try {
    decode(beginning);
    for (;;) {
      while (runs.length > 0) yield runs.shift()!;
      const { done, value } = await rest.next();
      if (done) break;
      decode(value);
    }
    const end = decoder.end();
    while (runs.length > 0) yield runs.shift()!;
    return end.kind === 'fault' ? end : undefined;
  } finally {
    await rest.return?.();
  }
}
