import type { IncomingHttpHeaders } from 'node:http';
import type { JsonValue, OperationCodec } from '../wsdl/index.ts';
import type { Answered, Answerer, SoapCall } from './call.ts';
import type { CodecOf } from './codecs.ts';
import type { Endpoint } from './endpoint.ts';
import { readMessage } from './read-message.ts';
import { refuse } from './refuse.ts';
import { routeRequest } from './route-request.ts';
import type { LastAnswerer } from './sample/answer-by-sample.ts';
import { decodeInput, fittingCodec } from './validation/decode-input.ts';

export interface SoapExchangeOptions {
  /** In the order they are asked. */
  readonly answerers: readonly Answerer[];
  /** Answers what none of them does. */
  readonly last: LastAnswerer;
  readonly codecOf: CodecOf;
}

/** What became of a request. `codec` and `input` are there as far as it came: routed, read. */
export type Exchanged = Answered & {
  readonly codec?: OperationCodec;
  readonly input?: JsonValue;
};

/** The way of a request through the mock, for whatever brought it. Never rejects: what goes wrong is a SOAP Fault. */
export type SoapExchange = (
  endpoint: Endpoint,
  body: Uint8Array,
  headers: IncomingHttpHeaders,
) => Promise<Exchanged>;

/** SOAP bytes in, SOAP bytes out: route by the body's name, read, let somebody answer. */
export function createSoapExchange({ answerers, last, codecOf }: SoapExchangeOptions): SoapExchange {
  return async (endpoint, body, headers) => {
    let codec: OperationCodec | undefined;
    let input: JsonValue | undefined;
    let exchanged: Answered;
    try {
      const received = await readMessage(body, headers['content-type']);
      const [first, ...others] = routeRequest(endpoint, received.envelope, headers, received.charset);
      const ofOthers = others.map((candidate) => codecOf(endpoint, candidate));
      codec = fittingCodec([codecOf(endpoint, first), ...ofOthers], received);
      const { operation } = codec;
      input = decodeInput(codec, received);
      const { packaging } = received;
      const call = { endpoint, operation, codec, input, headers, received, ...(packaging && { packaging }) };
      exchanged = await ask(answerers, call, last);
    } catch (error) {
      exchanged = { answer: refuse(endpoint.binding.soapVersion, error), by: { kind: 'refused' } };
    }
    return { ...exchanged, ...(codec && { codec }), ...(input !== undefined && { input }) };
  };
}

async function ask(
  answerers: readonly Answerer[],
  call: SoapCall,
  last: LastAnswerer,
  first = 0,
): Promise<Answered> {
  const answerer = answerers[first];
  return answerer === undefined ? last(call) : answerer(call, () => ask(answerers, call, last, first + 1));
}
