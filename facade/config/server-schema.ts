import { answersSchema } from './answers-schema.ts';
import type { ConfigSchema } from './portico-schema.ts';
import { integer, names, record, seconds, secret, text } from './schema-parts.ts';

const tls = record(
  'TLS at this port. Without this key Portico speaks plain HTTP. Certificates and keys are read again on SIGHUP.',
  {
    certificate: text('PEM file of the certificate and those that sign it, relative to this file.'),
    key: secret('PEM of its private key.'),
    passphrase: secret('Opens the private key.'),
    minVersion: {
      description: 'Least version of TLS.',
      type: 'string',
      enum: ['TLSv1.2', 'TLSv1.3'],
      default: 'TLSv1.2',
    },
    clientCertificates: {
      description:
        'Whether clients are asked for a certificate: no; yes, but they may have none; or no connection without one that `clientCa` signed.',
      type: 'string',
      enum: ['off', 'request', 'require'],
      default: 'off',
    },
    clientCa: text(
      'PEM file of the authorities for certificates of clients. With `request` and without this key any certificate serves that a token is bound to, as its key is proved by the handshake.',
    ),
  },
  ['certificate', 'key'],
);

/** The key `server`. */
export const server: ConfigSchema = record('The HTTP server.', {
  port: {
    description: 'TCP port; 0 takes a free one.',
    type: 'integer',
    minimum: 0,
    maximum: 65_535,
    default: 8080,
  },
  host: text(
    'Address to listen at. Default: `0.0.0.0`, every address; with `auth.development` `127.0.0.1`, this machine alone.',
  ),
  publicUrl: {
    description:
      'Where clients reach this API, with the path that a proxy before it takes off, if it does. DPoP proofs have to name it.',
    type: 'string',
    pattern: '^https?://',
    examples: ['https://api.bank.example'],
  },
  tls,
  tlsTerminators: {
    ...names(
      'Addresses or networks of TLS terminators whose header `Client-Cert` (RFC 9440) is believed; from elsewhere it is not looked at. They must remove that header from what clients send.',
    ),
    examples: [['10.0.0.5', '10.1.0.0/16']],
  },
  bodyBytes: {
    description: 'Largest request body, in bytes; a larger one is refused with 413.',
    type: 'integer',
    minimum: 1,
    maximum: 1_073_741_824,
    default: 1_048_576,
  },
  binaryBytes: {
    description:
      'Largest binary body (`application/octet-stream`) that is passed on while it comes, in bytes, in and out.',
    type: 'integer',
    minimum: 1,
    maximum: 17_179_869_184,
    default: 268_435_456,
  },
  jsonDepth: {
    description: 'Deepest nesting of objects and arrays in a request body.',
    type: 'integer',
    minimum: 1,
    maximum: 1024,
    default: 64,
  },
  concurrency: {
    ...record(
      'How many requests for operations one process answers at a time. Who finds no place gets 503 with `Retry-After`; health pages always have one.',
      {
        concurrent: integer('Requests being answered.', 1, 1_000_000, 1000),
        queued: integer('Requests that wait for a place.', 0, 1_000_000, 1000),
        queueMilliseconds: integer('Longest wait for a place.', 1, 60_000, 1000),
        eventLoopDelayMilliseconds: {
          description:
            'While the process gets to its work later than this, it takes no requests at all. Default: that is not looked at.',
          type: 'integer',
          minimum: 10,
          maximum: 60_000,
        },
      },
    ),
    default: {},
  },
  requestTimeoutSeconds: seconds('Longest time from the first byte of a request to the answer.', 30),
  shutdownSeconds: seconds(
    'How long requests in flight may take to finish when the process is told to stop.',
    10,
  ),
  stopDelaySeconds: integer(
    'How long requests are still taken when the process is told to stop and `/readyz` says so, for a load balancer to notice.',
    0,
    300,
    0,
  ),
  ...answersSchema,
});
