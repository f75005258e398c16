import { startBank, type Bank, type BankOptions } from '../bank.ts';

export const transfer: object = { from: '4711', amount: '10.005', currency: 'EUR' };
export const KEY = 'a key of thirty-two characters or more';
export const yaml = (more = ''): string =>
  `rateLimit: { requests: 100000 }\ncommands: { deferred: { pollMilliseconds: 10, retrySeconds: 1${more} } }`;
export const row = (path: string, more: string, input = ''): string =>
  `{ operation: Transfer, method: POST, path: ${path}, operationId: at${path.replace(/\W/g, '')}, status: 201, scopes: [transfers:write], input: { customerId: token.sub${input} }, ${more} }`;
export const routes: readonly string[] = [
  row('/v1/later', 'mode: async'),
  row('/v1/either', 'mode: either'),
  row('/v1/short', 'mode: async, expiresAfterSeconds: 1'),
  row(
    '/v1/deduplicated',
    'mode: async, idempotency: { deduplicates: true }',
    ', options.note: idempotency.key',
  ),
];
const policies = ['retry: { most: 0 }', 'circuitBreaker: { minimumCalls: 1000 }'];

export interface Status {
  readonly id: string;
  readonly operation: string;
  readonly status: string;
  readonly attempts: number;
  readonly reason?: string;
  readonly answerStatus?: number;
  readonly result?: unknown;
  readonly problem?: { readonly code: string; readonly status: number };
}

/** A bank with routes that are carried out later. */
export const open = (options: BankOptions = {}): Promise<Bank> =>
  startBank({ yaml: yaml(), routes, policies, ...options });
