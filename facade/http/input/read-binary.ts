import type { IncomingMessage } from 'node:http';
import { StreamedBinary, type JsonValue } from '../../../wsdl/index.ts';
import type { ServerConfig } from '../../config/config.ts';
import { setMember } from '../../operations/member.ts';
import { bodyTooLarge } from '../assert-limits.ts';
import type { Exchange } from '../exchange.ts';
import { hasBody, readBody } from './read-body.ts';
import type { ParsedBody } from './parse-body.ts';

/** Whether the body is the content of the route's binary member, as it is. */
export function isBinaryRequest({ request, operation }: Exchange): boolean {
  if (operation.route.binary?.request === undefined) return false;
  const [type = ''] = (request.headers['content-type'] ?? '').split(';', 1);
  return type.trim().toLowerCase() === 'application/octet-stream';
}

/** A stream where the content will be an attachment; where it has to stand in the envelope, base64. */
export async function readBinary(
  exchange: Exchange,
  limits: ServerConfig,
  mayStream: boolean,
): Promise<ParsedBody> {
  const { request, operation, deadline } = exchange;
  const value: JsonValue = {};
  const content =
    mayStream && operation.streamsBinary
      ? // No JSON holds one, but what takes the value knows it.
        (new StreamedBinary(
          hasBody(request) ? limited(request, limits.binaryBytes) : none(),
        ) as unknown as JsonValue)
      : Buffer.from(await readBody(request, limits.bodyBytes, deadline)).toString('base64');
  setMember(value, operation.route.binary!.request!, content);
  return { value, faults: [] };
}

async function* limited(request: IncomingMessage, most: number): AsyncGenerator<Uint8Array> {
  let length = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>) {
    length += chunk.length;
    if (length > most) throw bodyTooLarge(most);
    yield chunk;
  }
}

async function* none(): AsyncGenerator<Uint8Array> {
  // A body of no bytes.
}
