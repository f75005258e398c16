import assert from 'node:assert/strict';
import { inferMapping } from '../../openapi/index.ts';
import type { Message, Operation } from '../../wsdl/index.ts';
import {
  attribute,
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

const page = complexType('Page', sequence(element('limit', 'xs:int')));
const filter = complexType('Filter', sequence(element('city', 'xs:string', '?'), element('page', 'Page')));
const lookup = complexType('Lookup', choice(element('iban', 'xs:string'), element('name', 'xs:string')));
const base = complexType('Base', sequence(element('accountId', 'xs:string')), {
  substitutes: [keyOf('Base'), keyOf('Derived')],
});
const derived = complexType('Derived', sequence(element('accountId', 'xs:string')));
const withAttribute = complexType('WithAttribute', sequence(element('cardNumber', 'xs:string')), {
  attributes: [attribute('locale', 'xs:language')],
});
const codes = simpleType('Codes', { kind: 'list', itemType: keyOf('xs:string') });
const types = [page, filter, lookup, base, derived, withAttribute, codes];

function infer(...operations: Operation[]): string[] {
  const rows = inferMapping(contractOf(operations, types), 'core-bank');
  return rows.map(({ method, path, port }) => `${method} ${path}${port === undefined ? '' : ` via ${port}`}`);
}

function inferOne(name: string, input: Message | Parameters<typeof message>[0] = []): string | undefined {
  return infer(
    operation(name, { input: typeof input === 'object' && 'body' in input ? input : message(input) }),
  )[0];
}

describe('inferMapping', () => {
  const id = element('accountId', 'xs:string');

  for (const [name, expected] of [
    ['GetAccount', 'GET /v1/core-bank/get-account/{accountId}'],
    ['findAccounts', 'GET /v1/core-bank/find-accounts/{accountId}'],
    ['List_Accounts', 'GET /v1/core-bank/list-accounts/{accountId}'],
    ['CheckIBANNow', 'GET /v1/core-bank/check-iban-now/{accountId}'],
    ['DescribeSObject', 'GET /v1/core-bank/describe-s-object/{accountId}'],
    ['Transfer', 'POST /v1/core-bank/transfer'],
    ['Getaway', 'POST /v1/core-bank/getaway'],
    ['GetOrCreateAccount', 'POST /v1/core-bank/get-or-create-account'],
    ['CheckOut', 'POST /v1/core-bank/check-out'],
    ['Überweisung', 'POST /v1/core-bank/uberweisung'],
  ] as const) {
    it(`maps ${name} to ${expected}`, () => {
      assert.equal(inferOne(name, [id]), expected);
    });
  }

  for (const [what, input, expected] of [
    [
      'required identifiers to the path, in order',
      [element('countryCode', 'xs:string'), element('vatNumber', 'xs:string')],
      'GET /v1/core-bank/get-it/{countryCode}/{vatNumber}',
    ],
    [
      'other scalars to the query',
      [element('name', 'xs:string'), element('paid', 'xs:boolean')],
      'GET /v1/core-bank/get-it',
    ],
    [
      'optional identifiers to the query',
      [element('accountId', 'xs:string', '?')],
      'GET /v1/core-bank/get-it',
    ],
    [
      'repeated scalars and lists to the query',
      [element('accountId', 'xs:string', '+'), element('codes', 'Codes')],
      'GET /v1/core-bank/get-it',
    ],
    ['branches of a choice to the query', 'Lookup', 'GET /v1/core-bank/get-it'],
    ['attributes to the query', 'WithAttribute', 'GET /v1/core-bank/get-it/{cardNumber}'],
    ['nested objects to a body', 'Filter', 'POST /v1/core-bank/get-it'],
    ['polymorphic input to a body', 'Base', 'POST /v1/core-bank/get-it'],
    ['secrets to a body', [id, element('password', 'xs:string')], 'POST /v1/core-bank/get-it'],
    ['no input at all to a plain path', [], 'GET /v1/core-bank/get-it'],
  ] as const) {
    it(`maps ${what}`, () => {
      assert.equal(
        inferOne('GetIt', message(what === 'no input at all to a plain path' ? [] : input)),
        expected,
      );
    });
  }

  it('keeps reads that have header parts or no answer as POST', () => {
    assert.equal(
      inferOne('GetIt', message([id], [element('session', 'xs:string')])),
      'POST /v1/core-bank/get-it',
    );
    assert.deepEqual(infer(operation('GetIt', { output: 'none' })), ['POST /v1/core-bank/get-it']);
  });

  it('gives operations that differ in case only different paths', () => {
    assert.deepEqual(infer(operation('Do'), operation('do')), [
      'POST /v1/core-bank/do',
      'POST /v1/core-bank/port-type/do',
    ]);
  });

  it('prefers the SOAP 1.2 port of a portType and repeats none of its operations', () => {
    const operations = [operation('Do')];
    const rows = inferMapping(
      contractOf([
        { name: 'Soap11', operations },
        { name: 'Soap12', soapVersion: '1.2', operations },
        { name: 'Other', portType: 'Admin', operations: [...operations, operation('Reset')] },
      ]),
      'bank',
    );
    assert.deepEqual(rows, [
      { operation: 'Do', method: 'POST', path: '/v1/bank/do' },
      { operation: 'Do', port: 'Other', method: 'POST', path: '/v1/bank/admin/do' },
      { operation: 'Reset', method: 'POST', path: '/v1/bank/reset' },
    ]);
  });
});
