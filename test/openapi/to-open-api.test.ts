import assert from 'node:assert/strict';
import { planRoutes, toOpenApi, type OpenApiDocument } from '../../openapi/index.ts';
import type { Contract, JsonValue } from '../../wsdl/index.ts';
import { bankContract, bankDocument, bankMapping, everyTokenUse } from './bank-surface.ts';
import { complexType, contractOf, element, message, operation, sequence } from './contract-builder.ts';
import { documentOf, pointerOf, validatorOf } from './validator.ts';

function get(document: OpenApiDocument): NonNullable<OpenApiDocument['paths'][string]['get']> {
  return document.paths['/v1/accounts/{accountId}/transactions']!.get!;
}

function post(
  document: OpenApiDocument,
  path = '/v1/transfers',
): NonNullable<OpenApiDocument['paths'][string]['post']> {
  return document.paths[path]!.post!;
}

function surfaceOf(name: string, contract: Contract): Parameters<typeof toOpenApi>[0][number] {
  return { name, contract, routes: planRoutes(contract, { service: name }).routes };
}

describe('toOpenApi', () => {
  const document = bankDocument();

  it('describes each parameter where the client sends it', () => {
    const parameters = get(document).parameters!.map((parameter) =>
      '$ref' in parameter ? parameter.$ref : `${parameter.in} ${parameter.name} ${parameter.required}`,
    );
    assert.deepEqual(parameters, [
      'query limit true',
      'query cursor false',
      'path accountId true',
      'query from false',
      '#/components/parameters/IfNoneMatch',
    ]);
    assert.equal(get(document).requestBody, undefined);
  });

  it('leaves out of the body what comes from elsewhere, and lets header parts in', () => {
    const validate = validatorOf(document)(
      pointerOf('paths', '/v1/transfers', 'post', 'requestBody', 'content', 'application/json', 'schema'),
    );
    const payment = { '@type': 'Sepa', amount: '1.00', iban: 'DE02' };
    assert.deepEqual(validate({ payment }), []);
    assert.deepEqual(validate({ payment, '@header': { session: 's' }, note: ['a'] }), []);
    assert.notDeepEqual(validate({ payment, customerId: 'c' }), []);
    assert.notDeepEqual(validate({ payment, '@header': { other: 's' } }), []);
  });

  it('leaves out bound members of nested objects, and the object with the last of them', () => {
    const page = complexType('Page', sequence(element('limit', 'xs:int'), element('cursor', 'xs:string')));
    const query = complexType('Query', sequence(element('text', 'xs:string'), element('page', 'Page')));
    const contract = contractOf([operation('Search', { input: message('Query') })], [page, query]);
    const schemaFor = (input: Record<string, string>): unknown => {
      const one = documentOf(contract, [{ operation: 'Search', method: 'POST', path: '/search', input }]);
      return post(one, '/search').requestBody!.content['application/json']!.schema;
    };
    const text = { type: 'string' };
    const rest = {
      type: 'object',
      properties: { cursor: text },
      required: ['cursor'],
      additionalProperties: false,
    };
    assert.deepEqual(schemaFor({ 'page.limit': 'query.limit' }), {
      type: 'object',
      properties: { text, page: rest },
      required: ['text', 'page'],
      additionalProperties: false,
    });
    assert.deepEqual(schemaFor({ 'page.limit': 'query.limit', 'page.cursor': 'query.cursor' }), {
      type: 'object',
      properties: { text },
      required: ['text'],
      additionalProperties: false,
    });
  });

  it('requires a body only where an empty one would not do', () => {
    assert.equal(post(document).requestBody!.required, true);
    assert.equal(post(document, '/v1/notices').requestBody!.required, false);
  });

  it('promises arrays that are always written in answers, and asks for them in no request', () => {
    assert.deepEqual(document.components.schemas.TransactionPage!.required, ['transaction']);
    const { schema } = post(document).requestBody!.content['application/json']!;
    assert.deepEqual((schema as { required: string[] }).required, ['payment']);
  });

  it('answers each declared fault by its status, code and typed detail', () => {
    const { responses } = post(document);
    assert.deepEqual((responses['422'] as { content: unknown }).content, {
      'application/problem+json': {
        schema: {
          anyOf: [
            { $ref: '#/components/schemas/InsufficientFundsProblem' },
            { $ref: '#/components/schemas/Problem' },
          ],
        },
      },
    });
    const validate = validatorOf(document)(pointerOf('components', 'schemas', 'InsufficientFundsProblem'));
    const problem = {
      type: 'about:blank',
      title: 'Fault',
      status: 422,
      code: 'insufficient-funds',
      fault: { available: '0.005' },
    };
    assert.deepEqual(validate(problem), []);
    assert.notDeepEqual(validate({ ...problem, code: 'other' }), []);
    assert.notDeepEqual(validate({ ...problem, fault: { available: '0.0005' } }), []);
  });

  it('lists the statuses that fit the route', () => {
    assert.deepEqual(Object.keys(get(document).responses), [
      '200',
      '304',
      '400',
      '401',
      '403',
      '404',
      '422',
      '429',
      '500',
      '502',
      '503',
      '504',
    ]);
    assert.deepEqual(Object.keys(post(document, '/v1/notices').responses), [
      '202',
      '400',
      '401',
      '403',
      '409',
      '422',
      '429',
      '500',
      '502',
      '503',
      '504',
    ]);
  });

  it('closes the codes of problems if it is told all of them', () => {
    const problems = [{ code: 'invalid-input', status: 400, title: 'Invalid input' }];
    const { components } = toOpenApi([surfaceOf('bank', bankContract)], {
      title: 'T',
      version: '1',
      problems,
    });
    assert.deepEqual((components.schemas.Problem!.properties!.code as { enum: string[] }).enum, [
      'invalid-input',
    ]);
  });

  it('names the cache headers of cached routes', () => {
    assert.deepEqual(Object.keys((get(document).responses['200'] as { headers: object }).headers), [
      'ETag',
      'Cache-Control',
    ]);
  });

  it('asks for a token everywhere and names the scopes', () => {
    assert.deepEqual(document.security, [{ bearerAuth: [] }]);
    assert.deepEqual(post(document).security, [{ bearerAuth: ['transfers:write'] }]);
    assert.match(
      document.components.securitySchemes.bearerAuth!.description,
      /`accounts:read`, `transfers:write`/,
    );
  });

  it('names every way to present a token, any of which will do, and no other', () => {
    const bound = bankDocument({ tokens: everyTokenUse });
    assert.deepEqual(post(bound).security, [
      { bearerAuth: ['transfers:write'] },
      { dpopAuth: ['transfers:write'] },
      { bearerAuth: ['transfers:write'], mutualTls: [] },
      { dpopAuth: ['transfers:write'], mutualTls: [] },
    ]);
    assert.deepEqual(Object.keys(bound.components.securitySchemes), ['bearerAuth', 'dpopAuth', 'mutualTls']);
    const proved = bankDocument({ tokens: [{ scheme: 'dpop', certificate: false }] });
    assert.deepEqual(proved.security, [{ dpopAuth: [] }]);
    assert.deepEqual(Object.keys(proved.components.securitySchemes), ['dpopAuth']);
  });

  it('carries documentation along', () => {
    assert.equal(get(document).description, 'Lists bookings, newest first.');
    assert.equal(document.components.schemas.Transaction!.description, 'A booking.');
    assert.deepEqual(document.tags, [{ name: 'bank', description: 'The core of the bank.' }]);
  });

  it('has no type that no route reaches', () => {
    assert.equal('Unreachable' in document.components.schemas, false);
    assert.equal('TransactionQuery' in document.components.schemas, false);
  });

  it('gives the same document for the same input', () => {
    assert.equal(JSON.stringify(bankDocument()), JSON.stringify(document));
  });

  it('shows examples that fit their schemas', () => {
    const compile = validatorOf(document);
    let count = 0;
    for (const [path, operations] of Object.entries(document.paths)) {
      for (const [method, { requestBody, responses, parameters = [] }] of Object.entries(operations)) {
        const check = (example: JsonValue | undefined, ...steps: string[]): void => {
          if (example === undefined) return;
          count += 1;
          assert.deepEqual(compile(pointerOf('paths', path, method, ...steps, 'schema'))(example), []);
        };
        const json = ['content', 'application/json'];
        check(requestBody?.content['application/json']!.example, 'requestBody', ...json);
        for (const [status, response] of Object.entries(responses)) {
          if ('content' in response)
            check(response.content['application/json']?.example, 'responses', status, ...json);
        }
        parameters.forEach((parameter, index) => {
          if ('example' in parameter) check(parameter.example, 'parameters', String(index));
        });
      }
    }
    assert.equal(count, 8);
  });

  it('keeps members with names that mean something to JavaScript', () => {
    const odd = documentOf(contractOf([operation('Do', { input: [element('__proto__', 'xs:string')] })]));
    const { schema } = post(odd, '/v1/bank/do').requestBody!.content['application/json']!;
    assert.equal(Object.hasOwn((schema as { properties: object }).properties, '__proto__'), true);
  });

  it('refuses two services with one route', () => {
    const contract = contractOf([operation('Do')]);
    const { routes } = planRoutes(contract, { service: 'a' });
    const twice = [
      { name: 'a', contract, routes },
      { name: 'b', contract, routes },
    ];
    assert.throws(() => toOpenApi(twice, { title: 'T', version: '1' }), /Two routes take POST \/v1\/a\/do/);
  });
});

describe('component names', () => {
  const withType = (name: string): Contract => {
    const type = complexType(name, sequence(element('a', 'xs:string')));
    return contractOf([operation('Do', { input: [element('value', name)] })], [type]);
  };

  it('have the service in front only where two services, or the document, have the name', () => {
    const services = [
      surfaceOf('core-bank', withType('Account')),
      surfaceOf('cards', withType('Account')),
      surfaceOf('x', withType('Problem')),
      surfaceOf('y', withType('Card')),
    ];
    const { components, paths } = toOpenApi(services, { title: 'T', version: '1' });
    assert.deepEqual(Object.keys(components.schemas), [
      'Card',
      'CardsAccount',
      'CoreBankAccount',
      'InputFault',
      'Problem',
      'XProblem',
    ]);
    const ids = Object.values(paths).map(({ post: one }) => one!.operationId);
    assert.deepEqual(ids, ['do', 'cardsDo', 'xDo', 'yDo']);
  });

  it('do not change when a route is left out', () => {
    const all = bankDocument().components.schemas;
    const { schemas } = documentOf(bankContract, bankMapping.slice(1)).components;
    for (const name of Object.keys(schemas)) assert.deepEqual(schemas[name], all[name]);
  });
});
