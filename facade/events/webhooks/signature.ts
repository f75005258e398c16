import { createHmac } from 'node:crypto';

const PREFIX = 'whsec_';
const LEAST_BYTES = 24;
const MOST_BYTES = 64;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** `whsec_` and base64 of 24 to 64 bytes (Standard Webhooks, Symmetric). Undefined if it is none. */
export function parseWebhookSecret(text: string): Buffer | undefined {
  if (!text.startsWith(PREFIX) || !BASE64.test(text.slice(PREFIX.length))) return undefined;
  const key = Buffer.from(text.slice(PREFIX.length), 'base64');
  return key.length >= LEAST_BYTES && key.length <= MOST_BYTES ? key : undefined;
}

/**
 * Header fields of a delivery (Standard Webhooks, Webhook Headers): one signature for each key, so that receivers may change
 * from one to the other. @param seconds since the epoch, of this attempt.
 */
export function signatureHead(
  id: string,
  seconds: number,
  body: Uint8Array,
  keys: readonly Uint8Array[],
): Readonly<Record<string, string>> {
  const signatures = keys.map((key) => {
    const hmac = createHmac('sha256', key).update(`${id}.${seconds}.`).update(body);
    return `v1,${hmac.digest('base64')}`;
  });
  return {
    'webhook-id': id,
    'webhook-timestamp': String(seconds),
    'webhook-signature': signatures.join(' '),
  };
}
