import type { IncomingHttpHeaders } from 'node:http';
import type { JsonValue, OperationCodec } from '../../wsdl/index.ts';
import type { CodecOf } from '../codecs.ts';
import type { Endpoint } from '../endpoint.ts';
import { readMessage, type ReceivedMessage } from '../read-message.ts';
import { refuse } from '../refuse.ts';
import { routeRequest } from '../route-request.ts';
import type { Exchanged, SoapExchange } from '../soap-exchange.ts';
import { decodeInput, fittingCodec } from '../validation/decode-input.ts';
import { forward, type Forwarded } from './forward.ts';
import { readReply, type ServiceAnswer } from './read-reply.ts';

/** What the proxy saw of one call. */
export interface Observation {
  readonly endpoint: Endpoint;
  /** Missing where the request could not be routed. */
  readonly codec?: OperationCodec;
  readonly input?: JsonValue;
  readonly answer?: ServiceAnswer;
  readonly breaches: readonly Breach[];
}

/** Why a message does not fit the contract. */
export interface Breach {
  readonly direction: 'request' | 'answer';
  readonly error: unknown;
}

export interface ProxyOptions {
  /** Where the calls of a port go. */
  readonly targetOf: (endpoint: Endpoint) => string;
  readonly codecOf: CodecOf;
  readonly observe: (observation: Observation) => void;
  /** In which the service has to answer. */
  readonly timeoutMs: number;
  readonly mostBytes: number;
}

/**
 * In front of a real service: what comes goes on as it is, and so does what comes back, whether or not it fits the contract.
 * Who watches is told how both read by the contract.
 */
export function createProxyExchange(options: ProxyOptions): SoapExchange {
  return async (endpoint, body, headers) => {
    const read = await tryToRead(options, endpoint, body, headers);
    const { codec, input } = read;
    const seen = { ...(codec && { codec }), ...(input !== undefined && { input }) };
    let forwarded: Forwarded;
    try {
      forwarded = await forward(options.targetOf(endpoint), body, headers, options);
    } catch (error) {
      return { answer: refuse(endpoint.binding.soapVersion, error), by: { kind: 'upstream' }, ...seen };
    }
    const reply = await readReply(codec, forwarded);
    const { answer, breach } = reply;
    const breaches = [read.breach, breach].filter((one) => one !== undefined);
    options.observe({ endpoint, ...seen, ...(answer && { answer }), breaches });
    return toExchanged(endpoint, forwarded, answer, seen);
  };
}

interface Read {
  readonly codec?: OperationCodec;
  readonly input?: JsonValue;
  readonly breach?: Breach;
}

async function tryToRead(
  { codecOf }: ProxyOptions,
  endpoint: Endpoint,
  body: Uint8Array,
  headers: IncomingHttpHeaders,
): Promise<Read> {
  let codec: OperationCodec | undefined;
  try {
    const received: ReceivedMessage = await readMessage(body, headers['content-type']);
    const [first, ...others] = routeRequest(endpoint, received.envelope, headers, received.charset);
    const ofOthers = others.map((candidate) => codecOf(endpoint, candidate));
    codec = fittingCodec([codecOf(endpoint, first), ...ofOthers], received);
    return { codec, input: decodeInput(codec, received) };
  } catch (error) {
    return { ...(codec && { codec }), breach: { direction: 'request', error } };
  }
}

function toExchanged(
  { binding }: Endpoint,
  { status, contentType, body, headers }: Forwarded,
  answer: ServiceAnswer | undefined,
  seen: Pick<Exchanged, 'codec' | 'input'>,
): Exchanged {
  const isFault = answer === undefined ? status >= 400 : 'fault' in answer;
  const outcome = body.length === 0 ? 'accepted' : isFault ? 'fault' : 'output';
  return {
    answer: { status, soapVersion: binding.soapVersion, body, contentType, headers, outcome },
    by: { kind: 'upstream' },
    ...seen,
  };
}
