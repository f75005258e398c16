import type { ConfigSchema } from './portico-schema.ts';
import { integer, record, secret, seconds } from './schema-parts.ts';

const A_DAY = 86_400;
const A_MONTH = 2_678_400;

/** `expiresAfterSeconds`, of all routes and of one. */
export const expiresAfterSchema = (description: string): ConfigSchema => ({
  description,
  type: 'integer',
  minimum: 1,
  maximum: A_MONTH,
});

/** `commands.deferred`. */
export const deferredSchema: ConfigSchema = record(
  'How operations are carried out that were answered 202, see [commands](commands.md).',
  {
    encryptionKey: secret(
      'Encrypts what is stored of them until they are done; at least 32 characters, the same in all processes. Without it the input lies there as it is.',
    ),
    formerEncryptionKey: secret('The key before this one: what was stored with it can still be read.'),
    concurrent: integer('How many one process carries out at a time.', 1, 1000, 32),
    concurrentPerService: integer('The same, of one service.', 1, 1000, 16),
    expiresAfterSeconds: {
      ...expiresAfterSchema(
        'How long one is tried until it is given up: failed if nothing was done, otherwise left to a person.',
      ),
      default: A_DAY,
    },
    retrySeconds: seconds('Longest wait between two attempts; the first waits are shorter.', 60),
    pollMilliseconds: integer('How often it is looked whether there is something to do.', 10, 60_000, 1000),
  },
);
