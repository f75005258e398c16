import type { Route } from '../../openapi/index.ts';

/** As the mapping of a small read would give it. */
export const route: Route = {
  service: 'bank',
  wsdlService: 'Bank',
  port: 'BankPort',
  operation: 'GetAccount',
  operationId: 'getAccount',
  method: 'GET',
  path: '/v1/accounts/{accountId}',
  tags: [],
  scopes: [],
  parameters: [],
  presets: [],
  hasBody: false,
  hasOutput: true,
  status: 200,
  faults: [],
};
