import type { ConfigSchema } from './portico-schema.ts';
import { record, seconds, secret, text } from './schema-parts.ts';

/** RFC 7518, 3.1 and RFC 8037: signatures whose check needs no secret. `none` and HMAC cannot be chosen. */
const ASYMMETRIC_ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];

const binding = (description: string): ConfigSchema => ({
  description,
  type: 'string',
  enum: ['off', 'optional', 'required'],
  default: 'off',
});

const issuer = record(
  'One issuer of access tokens (JWT).',
  {
    issuer: text('Exact value of the claim `iss`.'),
    audience: text('Value that the claim `aud` must hold.'),
    jwks: text('Its public keys: a JWK Set file, relative to this file, or an `https://` URL.'),
    algorithms: {
      description: 'Signature algorithms accepted from it. `none` and HMAC are never accepted.',
      type: 'array',
      items: { type: 'string', enum: ASYMMETRIC_ALGORITHMS },
      minItems: 1,
      uniqueItems: true,
      default: ['ES256'],
    },
    clockSkewSeconds: {
      description: 'Tolerance on `exp`, `nbf` and `iat`, in seconds.',
      type: 'integer',
      minimum: 0,
      maximum: 300,
      default: 30,
    },
    tokenType: {
      description:
        'What the header `typ` must say: `at+jwt`, that it is an access token (RFC 9068), or with `JWT` also `JWT` or nothing, for issuers that do not say so. Other types are refused either way.',
      type: 'string',
      enum: ['at+jwt', 'JWT'],
      default: 'JWT',
    },
    maxTokenAgeSeconds: {
      description:
        'Oldest token accepted by its `iat`, however late it expires. Default: `exp` alone counts.',
      type: 'integer',
      minimum: 1,
      maximum: 2_592_000,
    },
    jwksMaxAgeSeconds: seconds(
      'How long keys from a URL are used before they are fetched again.',
      600,
      86_400,
    ),
    jwksStaleSeconds: {
      description:
        'How much longer they are used while the issuer does not answer; then its tokens get 503. Revoked keys live on as long.',
      type: 'integer',
      minimum: 0,
      maximum: 604_800,
      default: 3600,
    },
    jwksCooldownSeconds: seconds(
      'Least time between two fetches because of an unknown key or of an issuer that did not answer.',
      30,
    ),
    jwksTimeoutSeconds: seconds('Longest time for one fetch of the keys.', 5, 60),
    dpop: binding(
      'Tokens bound to a key of the client (`cnf.jkt`, RFC 9449), each request with a proof of it: refused; accepted; or the only ones accepted. Needs `server.publicUrl`.',
    ),
    mtls: binding(
      'Tokens bound to a TLS certificate of the client (`cnf.x5t#S256`, RFC 8705): refused; accepted; or the only ones accepted. Needs `server.tls.clientCertificates` or `server.tlsTerminators`.',
    ),
  },
  ['issuer', 'audience', 'jwks'],
);

const dpop = record('Proofs of possession (RFC 9449), for issuers with `dpop`.', {
  algorithms: {
    description: 'Signature algorithms accepted in proofs, told to clients as `algs`.',
    type: 'array',
    items: { type: 'string', enum: ASYMMETRIC_ALGORITHMS },
    minItems: 1,
    uniqueItems: true,
    default: ['ES256'],
  },
  proofSeconds: seconds(
    'How far `iat` of a proof may be from now, back or ahead. No proof is accepted twice in this time.',
    60,
    600,
  ),
  nonce: record(
    'Have clients put a nonce of Portico into each proof, which then decides on its age in place of their clock. Without this key none is asked for.',
    {
      lifetimeSeconds: seconds('How long one is good. A fresh one is sent along after half of that.', 300),
      secret: secret(
        'Makes the nonces; at least 32 characters, the same in all processes of this API. Default: random, good for one process.',
      ),
    },
  ),
});

/** The key `auth`. */
export const auth: ConfigSchema = record(
  'Whose tokens are accepted. At least one issuer, or `development: true`.',
  {
    development: {
      description:
        'Accept the tokens of `portico token`, whose key lies in `.portico/dev-key.json` beside this file. Refused when `NODE_ENV` is `production`.',
      type: 'boolean',
      default: false,
    },
    tokenBytes: {
      description: 'Longest token, in bytes. Request line and header fields have 16 KiB together.',
      type: 'integer',
      minimum: 256,
      maximum: 16_384,
      default: 8192,
    },
    dpop: { ...dpop, default: {} },
    issuers: { description: 'Issuers of access tokens.', type: 'array', items: issuer, default: [] },
  },
);
