/**
 * What goes wrong between a mock and its client.
 *
 * - `reset`: the connection is reset (TCP RST): `start`, before a byte of the answer; `headers`, after them; `body`, in its middle.
 * - `truncate`: the connection ends in the middle of the body that Content-Length announced, after `bytes` (default: half of it).
 * - `drip`: the body comes in pieces of `bytes`, with a pause of `milliseconds` after each.
 * - `garbage`: random bytes in place of the envelope, with the status and the headers of the answer.
 * - `no-http`: random bytes in place of the whole HTTP response.
 * - `content-type`: the answer with another Content-Type.
 * - `status`: the answer with another HTTP status, such as a fault with 200.
 * - `html`: an HTML error page, as gateways send it, with `status` (default 502).
 * - `huge`: the envelope with so many bytes of white space behind its end.
 * - `empty`: status and headers, no body.
 * - `none`: no answer at all; the connection stays open until the client has enough.
 * - `duplicate`: the answer comes twice, over AMQP; over HTTP it cannot.
 * - `stale`: this answer is whole, but the connection, promised to be kept, is reset by the next request on it.
 */
export type WireFault =
  | { readonly kind: 'reset'; readonly at: 'start' | 'headers' | 'body' }
  | { readonly kind: 'truncate'; readonly bytes?: number }
  | { readonly kind: 'drip'; readonly bytes: number; readonly milliseconds: number }
  | { readonly kind: 'garbage' | 'empty' }
  | { readonly kind: 'no-http' | 'none' | 'stale' | 'duplicate' }
  | { readonly kind: 'content-type'; readonly value: string }
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'html'; readonly status: number }
  | { readonly kind: 'huge'; readonly bytes: number };

export type WireFaultKind = WireFault['kind'];
