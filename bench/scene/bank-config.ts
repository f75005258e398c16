export interface ConfigOptions {
  readonly endpoint: string;
  /** Routes for the bank's own operations; otherwise those that Portico infers. */
  readonly hasBankRoutes: boolean;
  /** A second service with operations that nobody calls. */
  readonly hasRecords: boolean;
  /** Bytes that kept answers may take; default 8 MiB. */
  readonly cacheBytes?: number;
}

/** To the service, as the pass-through has them. */
const CONNECTIONS = 64;
const CACHE_BYTES = 8 * 1024 * 1024;

const BANK_ROUTES = `
    routes:
      - { operation: GetAccount, method: GET, path: '/v1/accounts/{accountId}', scopes: [read], input: { customerId: token.sub } }
      - { operation: GetAccount, method: GET, path: '/v1/cached/{accountId}', operationId: cached, scopes: [read], input: { customerId: token.sub }, cache: { ttlSeconds: 600 } }
      - { operation: ListTransactions, method: GET, path: '/v1/accounts/{accountId}/transactions', scopes: [read], input: { customerId: token.sub, limit: query.limit } }
      - { operation: Transfer, method: POST, path: /v1/transfers, scopes: [write], input: { customerId: token.sub } }
`;

/** The facade's configuration: tokens, rate limit, validation and log as in production. */
export function bankConfig(options: ConfigOptions): string {
  const { endpoint, hasBankRoutes, hasRecords, cacheBytes = CACHE_BYTES } = options;
  const service = (name: string, file: string, routes: string): string =>
    `  ${name}: \n    contract: ${file}\n    endpoint: ${endpoint}\n    timeoutSeconds: 60\n    bulkhead: { concurrent: ${CONNECTIONS} }${routes}\n`;
  return `
auth:
  issuers: [{ issuer: https://issuer.example, audience: bank, jwks: jwks.json }]
rateLimit: { requests: 1000000000, windowSeconds: 60 }
server: { port: 0, host: 127.0.0.1 }
cache: { bytes: ${cacheBytes} }
services:
${service('bank', 'contract.json', hasBankRoutes ? BANK_ROUTES : '')}${hasRecords ? service('records', 'records.json', '') : ''}`;
}
