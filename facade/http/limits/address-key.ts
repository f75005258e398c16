import type { IncomingMessage } from 'node:http';
import { createRequire } from 'node:module';
import { isIPv4 } from 'node:net';
import type * as RateLimit from 'express-rate-limit';

const load = createRequire(import.meta.url);

/**
 * For requests without a valid token. An IPv6 client owns a whole subnet, so that is what counts. Only then is the library loaded
 * that knows of them: it takes a twentieth of a start.
 */
export function addressKey({ socket: { remoteAddress = '' } }: Pick<IncomingMessage, 'socket'>): string {
  if (isIPv4(remoteAddress)) return `address ${remoteAddress}`;
  const { ipKeyGenerator } = load('express-rate-limit') as typeof RateLimit;
  return `address ${ipKeyGenerator(remoteAddress)}`;
}
