import { createHash, generateKeyPairSync, randomUUID, sign, type KeyObject } from 'node:crypto';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { request as httpsRequest, type RequestOptions } from 'node:https';
import { text } from 'node:stream/consumers';

export interface KeyPair {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

export const ecKey = (namedCurve = 'P-256'): KeyPair => generateKeyPairSync('ec', { namedCurve });
export const jwkOf = (key: KeyObject): Record<string, unknown> => ({ ...key.export({ format: 'jwk' }) });
export const sha256 = (value: string, encoding: 'base64url' | 'hex' | 'base64' = 'base64url'): string =>
  createHash('sha256').update(value).digest(encoding);
export const encode = (part: unknown): string =>
  Buffer.from(typeof part === 'string' ? part : JSON.stringify(part)).toString('base64url');

/** RFC 7638, 3.2, of an EC key, by hand: the code under test must not judge itself. */
export function thumbprintOf(key: KeyObject, algorithm = 'sha256'): string {
  const { crv, kty, x, y } = jwkOf(key);
  return createHash(algorithm).update(JSON.stringify({ crv, kty, x, y })).digest('base64url');
}

/** Any header, any payload, well signed by ES256 (or, for an RSA key, RS256). */
export function jws(header: unknown, payload: unknown, key: KeyObject): string {
  const input = `${encode(header)}.${encode(payload)}`;
  const signature = sign('sha256', Buffer.from(input), { key, dsaEncoding: 'ieee-p1363' });
  return `${input}.${signature.toString('base64url')}`;
}

export interface ProofParts {
  readonly header?: object;
  readonly payload?: object;
  readonly key?: KeyPair;
}

/** A proof for a request with a token; `parts` change or add members, undefined takes them away. */
export function proofOf(
  { key, method, url, token }: { key: KeyPair; method: string; url: string; token: string },
  parts: ProofParts = {},
): string {
  const signer = parts.key ?? key;
  const header = { typ: 'dpop+jwt', alg: 'ES256', jwk: jwkOf(signer.publicKey), ...parts.header };
  const payload = {
    jti: randomUUID(),
    htm: method,
    htu: url,
    iat: Math.floor(Date.now() / 1000),
    ath: sha256(token),
    ...parts.payload,
  };
  return jws(header, payload, signer.privateKey);
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly json: Readonly<Record<string, unknown>>;
}

/** Header fields go out as they are, a list as several; fetch would join or refuse some. With `tls` by https, to localhost. */
export async function send(
  url: string,
  headers: Readonly<Record<string, string | string[]>>,
  method = 'GET',
  tls?: RequestOptions,
): Promise<RawAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<RawAnswer>();
  const options = { method, headers, agent: false, ...(tls && { servername: 'localhost', ...tls }) };
  const makeRequest = tls ? httpsRequest : httpRequest;
  const request = makeRequest(tls ? url.replace(/^http:/, 'https:') : url, options, (response) => {
    text(response).then((body) => {
      const json = body === '' ? {} : (JSON.parse(body) as RawAnswer['json']);
      resolve({ status: response.statusCode ?? 0, headers: response.headers, json });
    }, reject);
  });
  request.once('error', reject).end();
  return promise;
}
