import assert from 'node:assert/strict';
import { planRoutes, type Route, type RouteMapping } from '../../openapi/index.ts';
import { complexType, contractOf, element, message, operation, sequence } from './contract-builder.ts';

const page = complexType('Page', sequence(element('limit', 'xs:int'), element('cursor', 'xs:string', '?')));
const query = complexType(
  'Query',
  sequence(
    element('customerId', 'xs:string'),
    element('accountId', 'xs:string'),
    element('from', 'xs:date', '?'),
    element('state', 'xs:string', '*'),
    element('page', 'Page', '?'),
  ),
);
const strict = complexType('Strict', sequence(element('accountId', 'xs:string'), element('page', 'Page')));
const contract = contractOf(
  [
    operation('GetTransactions', {
      input: message('Query'),
      faults: ['AccountNotFoundFault', 'Busy', 'Strange'],
    }),
    operation('GetStrict', { input: message('Strict') }),
    operation('Notify', {
      input: [element('text', 'xs:string'), element('times', 'xs:int')],
      output: 'none',
    }),
    operation('Ping'),
  ],
  [page, query, strict],
);

const transactions: RouteMapping = {
  operation: 'GetTransactions',
  method: 'GET',
  path: '/v1/accounts/{accountId}/transactions',
  input: { customerId: 'token.sub', 'page.limit': 'query.limit', 'page.cursor': 'header.X-Cursor' },
};

function planOne(row: RouteMapping): Route {
  const { routes, problems } = planRoutes(contract, { service: 'bank', mapping: [row] });
  assert.deepEqual(problems, []);
  return routes[0]!;
}

function problemsOf(...mapping: RouteMapping[]): string[] {
  const { problems } = planRoutes(contract, { service: 'bank', mapping });
  return problems.map(({ row, field, message: text }) => `${row} ${field.join(' / ')}: ${text}`);
}

describe('planRoutes', () => {
  it('resolves members to be masked, of input and output, and tells of those that there are not', () => {
    const sensitive = ['accountId', 'page.cursor', 'page'];
    assert.deepEqual(planOne({ ...transactions, sensitive }).sensitive, [
      ['accountId'],
      ['page', 'cursor'],
      ['page'],
    ]);
    assert.deepEqual(problemsOf({ ...transactions, sensitive: ['page', 'acountId', 'page.cursr'] }), [
      '0 sensitive / 1: The input has no member "acountId". Did you mean "accountId"? Nor has the output.',
      '0 sensitive / 2: "page" has no member "cursr". Did you mean "cursor"? Nor has the output.',
    ]);
  });

  it('decides where each member of the input comes from', () => {
    const route = planOne(transactions);
    assert.deepEqual(route.parameters, [
      { in: 'query', name: 'limit', member: ['page', 'limit'], required: false, shape: 'integer' },
      { in: 'header', name: 'x-cursor', member: ['page', 'cursor'], required: false, shape: 'string' },
      { in: 'path', name: 'accountId', member: ['accountId'], required: true, shape: 'string' },
      { in: 'query', name: 'from', member: ['from'], required: false, shape: 'string' },
      { in: 'query', name: 'state', member: ['state'], required: false, shape: { array: 'string' } },
    ]);
    assert.deepEqual(route.presets, [{ member: ['customerId'], from: 'token', claim: 'sub' }]);
    assert.equal(route.hasBody, false);
  });

  it('leaves the rest of the input of a POST to the body', () => {
    const input = { customerId: { const: 'c-1' }, state: 'query.state' };
    const route = planOne({
      operation: 'GetTransactions',
      method: 'POST',
      path: '/v1/{accountId}/search',
      input,
    });
    assert.deepEqual(
      route.parameters.map(({ in: place, name }) => `${place} ${name}`),
      ['query state', 'path accountId'],
    );
    assert.deepEqual(route.presets, [{ member: ['customerId'], from: 'const', value: 'c-1' }]);
    assert.equal(route.hasBody, true);
  });

  it('reads no body where nothing is left to say', () => {
    assert.equal(planOne({ operation: 'Ping', method: 'POST', path: '/v1/ping' }).hasBody, false);
    const input = { text: 'query.text', times: { const: 1 } };
    assert.equal(planOne({ operation: 'Notify', method: 'POST', path: '/v1/notify', input }).hasBody, false);
  });

  it('fills in names, tags and statuses', () => {
    const route = planOne(transactions);
    assert.equal(route.operationId, 'getTransactions');
    assert.equal(route.summary, 'Get transactions');
    assert.deepEqual([route.tags, route.scopes, route.status], [['bank'], [], 200]);
    assert.equal(planOne({ operation: 'Notify', method: 'POST', path: '/v1/notify' }).status, 202);
  });

  it('gives declared faults a status by name, unless the mapping says another', () => {
    assert.deepEqual(planOne({ ...transactions, faults: { Strange: 418 } }).faults, [
      { name: 'AccountNotFoundFault', status: 404, code: 'account-not-found' },
      { name: 'Busy', status: 503, code: 'busy' },
      { name: 'Strange', status: 418, code: 'strange' },
    ]);
  });

  for (const [name, status, code] of [
    ['CustomerNotFoundException', 404, 'customer-not-found'],
    ['AlreadyExists', 409, 'already-exists'],
    ['VersionConflict', 409, 'version-conflict'],
    ['DuplicateTransfer', 409, 'duplicate-transfer'],
    ['AccessDeniedFault', 403, 'access-denied'],
    ['SystemUnavailable', 503, 'system-unavailable'],
    ['InsufficientFunds', 422, 'insufficient-funds'],
    ['Fault', 422, 'fault'],
  ] as const) {
    it(`answers ${name} with ${status} ${code}`, () => {
      const one = contractOf([operation('Do', { faults: [name] })]);
      assert.deepEqual(planRoutes(one, { service: 'x' }).routes[0]!.faults, [{ name, status, code }]);
    });
  }

  it('makes operationIds unique, those that the mapping gives first', () => {
    const mapping: RouteMapping[] = [
      { operation: 'Ping', method: 'POST', path: '/a' },
      { operation: 'Ping', method: 'POST', path: '/b', operationId: 'ping' },
    ];
    const { routes } = planRoutes(contract, { service: 'bank', mapping });
    assert.deepEqual(
      routes.map(({ operationId }) => operationId),
      ['ping2', 'ping'],
    );
  });

  it('infers the mapping where none is given', () => {
    const { routes, problems } = planRoutes(contract, { service: 'bank' });
    assert.equal(routes.length, 4);
    assert.deepEqual(problems, []);
  });

  it('keeps the good rows when others have problems', () => {
    const mapping: RouteMapping[] = [
      { ...transactions, operation: 'Nope' },
      { operation: 'Ping', method: 'POST', path: '/p' },
    ];
    assert.deepEqual(
      planRoutes(contract, { service: 'bank', mapping }).routes.map(({ path }) => path),
      ['/p'],
    );
  });
});

describe('problems of a mapping', () => {
  for (const [what, row, expected] of [
    [
      'an unknown operation',
      { operation: 'GetTransaction' },
      /^0 operation: .*Did you mean "GetTransactions"\?/,
    ],
    ['an unknown port', { port: 'Port2' }, /^0 port: .*Did you mean "Port1"\?/],
    [
      'an unknown member',
      { input: { custmerId: 'token.sub' } },
      /^0 input \/ custmerId: .*Did you mean "customerId"\?/,
    ],
    [
      'an unknown nested member',
      { input: { 'page.limt': 'query.l' } },
      /"page" has no member "limt".*Did you mean "limit"\?/,
    ],
    ['a member below a scalar', { input: { 'from.day': 'query.d' } }, /"from" in "from.day" has no members/],
    [
      'a source in no known form',
      { input: { from: 'cookie.from' } },
      /^0 input \/ from: .*Write path\.<name>/,
    ],
    [
      'a path parameter that the path lacks',
      { input: { from: 'path.day' } },
      /The path has no parameter \{day\}/,
    ],
    [
      'a path parameter bound to nothing',
      { path: '/v1/{acountId}' },
      /^0 path: .*\{acountId\} is bound to nothing.*Did you mean "accountId"\?/,
    ],
    [
      'an object in the query',
      { input: { page: 'query.page' } },
      /not a single value, so no query parameter/,
    ],
    [
      'an array in the path',
      { path: '/v1/{accountId}/{state}', input: { state: 'path.state' } },
      /not a single value, so no path parameter/,
    ],
    [
      'an array from the token',
      { input: { state: 'token.states' } },
      /Only a member that is a single value can come from the token/,
    ],
    [
      'a constant of the wrong type',
      { input: { 'page.limit': { const: '5' } } },
      /must be a number, as the member is in JSON, not a string/,
    ],
    [
      'a header with a meaning of its own',
      { input: { from: 'header.Authorization' } },
      /has a meaning of its own/,
    ],
    ['a status of failure for success', { status: 404 }, /^0 status: 404 is no status of success/],
    ['no content where there is an output', { status: 204 }, /^0 status: 204 means that there is no content/],
    [
      'an unknown fault',
      { faults: { AcountNotFoundFault: 404 } },
      /^0 faults \/ AcountNotFoundFault: .*Did you mean "AccountNotFoundFault"\?/,
    ],
    [
      'a fault with a status of success',
      { faults: { Busy: 200 } },
      /^0 faults \/ Busy: 200 is no status of failure/,
    ],
    [
      'a cache on POST',
      { method: 'POST', cache: { ttlSeconds: 5 } },
      /^0 cache: Only answers to GET are cached/,
    ],
    [
      'a cache without time',
      { cache: { ttlSeconds: 0 } },
      /^0 cache \/ ttlSeconds: 0 is not a number of seconds/,
    ],
    ['a relative path', { path: 'v1' }, /^0 path: .*must start with "\/"/],
    ['an empty segment', { path: '/v1//x' }, /empty segment/],
    ['half a segment as parameter', { path: '/v1/a-{accountId}' }, /must be one whole "\{parameter\}"/],
    ['a parameter twice', { path: '/v1/{accountId}/{accountId}' }, /occurs twice/],
    ['a space in the path', { path: '/v1/a b' }, /has a character that paths cannot have/],
    ['a bad operationId', { operationId: '1 x' }, /^0 operationId: /],
  ] as const) {
    it(`names ${what}`, () => {
      assert.match(problemsOf({ ...transactions, ...(row as Partial<RouteMapping>) }).join('\n'), expected);
    });
  }

  it('names a required object that a GET cannot carry, unless all that it requires is bound', () => {
    const row: RouteMapping = { operation: 'GetStrict', method: 'GET', path: '/v1/{accountId}' };
    assert.match(problemsOf(row).join(), /^0 method: GET has no body to carry the required member "page"/);
    assert.match(
      problemsOf({ ...row, input: { 'page.cursor': 'query.c' } }).join(),
      /required member "page\.limit"/,
    );
    assert.deepEqual(problemsOf({ ...row, input: { 'page.limit': 'query.limit' } }), []);
  });

  it('names rows that no request can tell apart, and paths that differ in parameter names only', () => {
    const ping: RouteMapping = { operation: 'Ping', method: 'POST', path: '/a' };
    assert.deepEqual(problemsOf(ping, ping), ['1 path: POST /a is already taken by route 1.']);
    const other: RouteMapping = {
      ...transactions,
      path: '/v1/accounts/{id}/transactions',
      method: 'POST',
      input: { accountId: 'path.id' },
    };
    assert.match(
      problemsOf(transactions, other).join(),
      /^1 path: .* are the same path: name the parameters alike/,
    );
    assert.match(
      problemsOf({ ...ping, operationId: 'p' }, { ...ping, path: '/b', operationId: 'p' }).join(),
      /^1 operationId: "p" is already taken by route 1/,
    );
  });

  it('tells every problem of every row at once', () => {
    const found = problemsOf(
      { ...transactions, operation: 'Nope', path: 'bad' },
      { ...transactions, status: 99, cache: { ttlSeconds: -1 }, input: { nope: 'query.x', from: 'nowhere' } },
    );
    assert.deepEqual(
      found.map((problem) => problem.split(':')[0]),
      ['0 path', '0 operation', '1 status', '1 cache / ttlSeconds', '1 input / nope', '1 input / from'],
    );
  });
});
