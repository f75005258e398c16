import { randomUUID } from 'node:crypto';
import { ADDRESSING_NAMESPACE } from '../ws-addressing/addressing-headers.ts';
import type { Connector, SoapReply, SoapRequest } from '../connector.ts';
import {
  secureMessage,
  type Freshness,
  type MessageHeaderOptions,
  type SecuredMessage,
} from './message-security.ts';
import { WSSE } from './namespaces.ts';
import type { VerifyOptions } from './verify/verify-options.ts';

export interface SecuredConnectorOptions extends MessageHeaderOptions {
  /** Where the service is, for messages: without credentials and query. */
  readonly shown: string;
  readonly verify?: VerifyOptions;
  /** An answer must name the request by its MessageID. Needs `addressing`. */
  readonly checksRelatesTo?: boolean;
  readonly freshness?: Freshness;
}

const FRESH: Freshness = { now: () => Date.now(), uuid: randomUUID };

/** Of an answer that is read whole for its RelatesTo alone. */
const MOST_ANSWER_BYTES = 4 * 1024 * 1024;

/**
 * Adds the headers of WS-Security and WS-Addressing to each request, and checks the answer where that is asked for. Below
 * retries: what is sent again has a nonce, a time and an identifier of its own.
 */
export function createSecuredConnector(inner: Connector, options: SecuredConnectorOptions): Connector {
  const write = messageWriter(options);
  const read = replyReader(options);
  return {
    ...inner,
    send: async (request) => {
      const { envelope, messageId } = await write(request);
      return read(await inner.send({ ...request, envelope }), request, messageId);
    },
  };
}

/** libxml2 is loaded only where something is signed. */
function messageWriter(options: SecuredConnectorOptions): (request: SoapRequest) => Promise<SecuredMessage> {
  const { freshness = FRESH, security } = options;
  const engine = security?.signature && import('./canonicalise.ts');
  return async (request) => {
    const canonical = await engine;
    return secureMessage(request, options, freshness, (xml) => {
      if (canonical === undefined) throw new Error('nothing is signed here');
      return canonical.withDocument(xml, (document) => canonical.canonicalExclusive(document));
    });
  };
}

type ReplyReader = (
  reply: SoapReply,
  request: SoapRequest,
  messageId: string | undefined,
) => SoapReply | Promise<SoapReply>;

/** Header blocks that are dealt with here, whatever they say of themselves. */
const UNDERSTOOD: ReadonlySet<string> = new Set([WSSE, ...Object.values(ADDRESSING_NAMESPACE)]);

function replyReader(options: SecuredConnectorOptions): ReplyReader {
  const { verify, checksRelatesTo = false, freshness = FRESH, shown } = options;
  if (verify === undefined && !checksRelatesTo) return (reply) => understanding(reply);
  const engine = import('./verify/verify-reply.ts');
  return async (reply, request, messageId) => {
    const { verifyReply } = await engine;
    const checked = await verifyReply(reply, request, {
      shown,
      maxBytes: verify?.maxBytes ?? MOST_ANSWER_BYTES,
      now: freshness.now(),
      ...(verify && { verify }),
      ...(checksRelatesTo && messageId !== undefined && { relatesTo: messageId }),
    });
    return understanding(checked);
  };
}

/** The reply itself, as its bytes may still be coming. */
function understanding(reply: SoapReply): SoapReply {
  reply.understood = UNDERSTOOD;
  return reply;
}
