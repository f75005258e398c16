import type { OpenApiDocument, OpenApiOptions, RouteMapping, TokenUse } from '../../openapi/index.ts';
import type { Contract } from '../../wsdl/index.ts';
import {
  choice,
  complexType,
  contractOf,
  element,
  keyOf,
  message,
  operation,
  sequence,
  simpleType,
} from './contract-builder.ts';
import { documentOf } from './validator.ts';

const text = 'xs:string';

const types = [
  complexType(
    'TransactionQuery',
    sequence(
      element('customerId', text),
      element('accountId', text),
      element('from', 'xs:date', '?'),
      element('page', 'Page'),
    ),
  ),
  complexType('Page', sequence(element('limit', 'xs:int'), element('cursor', text, '?'))),
  complexType(
    'TransactionPage',
    sequence(element('transaction', 'Transaction', '*', { always: true }), element('cursor', text, '?')),
  ),
  complexType('Transaction', sequence(element('id', text), element('amount', 'Amount')), {
    documentation: 'A booking.',
  }),
  simpleType('Amount', 'decimal', { fractionDigits: 3 }),
  complexType(
    'TransferRequest',
    sequence(
      element('customerId', text),
      element('payment', 'Payment'),
      element('note', text, '*', { always: true }),
    ),
  ),
  complexType('Payment', sequence(element('amount', 'Amount')), {
    abstract: true,
    substitutes: [keyOf('Sepa'), keyOf('Domestic')],
  }),
  complexType('Sepa', sequence(element('amount', 'Amount'), element('iban', text))),
  complexType(
    'Domestic',
    sequence(
      element('amount', 'Amount'),
      choice(element('iban', text), sequence(element('sortCode', text), element('number', text))),
    ),
  ),
  complexType('Funds', sequence(element('available', 'Amount'))),
  complexType('Unreachable', sequence(element('a', text))),
];

const operations = [
  operation('GetTransactions', {
    input: message('TransactionQuery'),
    output: message('TransactionPage'),
    faults: ['AccountNotFound'],
    documentation: 'Lists bookings, newest first.',
  }),
  operation('Transfer', {
    input: message('TransferRequest', [element('session', text)]),
    output: [element('transferId', text)],
    faults: [
      'AccountNotFound',
      { name: 'InsufficientFunds', detail: element('funds', 'Funds'), documentation: 'Too little money.' },
    ],
  }),
  operation('Notify', { input: [element('text', text, '?')], output: 'none' }),
];

export const bankContract: Contract = contractOf(operations, types, {
  documentation: 'The core of the bank.',
});

export const bankMapping: readonly RouteMapping[] = [
  {
    operation: 'GetTransactions',
    method: 'GET',
    path: '/v1/accounts/{accountId}/transactions',
    input: { customerId: 'token.sub', 'page.limit': 'query.limit', 'page.cursor': 'query.cursor' },
    scopes: ['accounts:read'],
    cache: { ttlSeconds: 10 },
  },
  {
    operation: 'Transfer',
    method: 'POST',
    path: '/v1/transfers',
    status: 201,
    input: { customerId: 'token.sub' },
    scopes: ['transfers:write'],
  },
  { operation: 'Notify', method: 'POST', path: '/v1/notices' },
];

export function bankDocument(options: Partial<OpenApiOptions> = {}): OpenApiDocument {
  return documentOf(bankContract, bankMapping, options);
}

export const everyTokenUse: readonly TokenUse[] = [
  { scheme: 'bearer', certificate: false },
  { scheme: 'dpop', certificate: false },
  { scheme: 'bearer', certificate: true },
  { scheme: 'dpop', certificate: true },
];
