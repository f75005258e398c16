import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import type { MockServer } from '../../../mocks/index.ts';
import { greet, saidBy, withScenarios } from '../scenario/with-scenarios.ts';

const SCENARIOS = `
stores: { guests: { eve: { line: banned } } }
machines: { door: { states: [open, shut], initial: open } }
scenarios:
  - { name: shut, operation: Greet, when: [{ machine: door, equals: shut }], answer: { fault: { reason: shut } } }
  - { name: closing, operation: Tell, change: [{ machine: door, to: shut }] }
  - name: known
    operation: Greet
    when: [{ store: guests, key: '{{ input.name }}' }]
    answer: { output: { line: ["{{ record('guests', input.name).line }}"], mood: glad } }
`;

interface Reply {
  readonly status: number;
  readonly type: string | null;
  readonly json: Record<string, unknown>;
}

async function ask(
  mock: MockServer,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Reply> {
  const response = await fetch(`${mock.url}/__portico${path}`, {
    method,
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const answer = await response.text();
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    json: answer === '' ? {} : (JSON.parse(answer) as Record<string, unknown>),
  };
}

describe('the admin API', () => {
  it('says that the mock is there', () =>
    withScenarios(SCENARIOS, async (mock) =>
      assert.deepEqual((await ask(mock, 'GET', '/health')).json, { status: 'ok' }),
    ));

  it('shows calls page by page, by filter', () =>
    withScenarios(SCENARIOS, async (mock) => {
      for (const name of ['eve', 'b', 'eve', 'd']) await greet(mock, name);
      const first = (await ask(mock, 'GET', '/journal?operation=Greet&limit=3')).json as {
        calls: { number: number }[];
        next: number;
      };
      assert.deepEqual([first.calls.map((call) => call.number), first.next], [[1, 2, 3], 3]);
      const second = (await ask(mock, 'GET', '/journal?after=3')).json as {
        calls: { request: { json: unknown } }[];
      };
      assert.deepEqual(
        [second.calls.map((call) => call.request.json), 'next' in second],
        [[{ name: 'd' }], false],
      );
      const known = (await ask(mock, 'GET', '/journal?scenario=known')).json as { calls: unknown[] };
      assert.equal(known.calls.length, 2);
      assert.equal((await ask(mock, 'DELETE', '/journal')).status, 204);
      assert.deepEqual((await ask(mock, 'GET', '/journal')).json, { calls: [] });
    }));

  it('verifies counts, and explains near misses', () =>
    withScenarios(SCENARIOS, async (mock) => {
      await greet(mock, 'eve');
      const asked = { operation: 'Greeter.Greet', when: [{ path: '/Greet/Name', equals: 'ada' }] };
      const { json } = await ask(mock, 'POST', '/verify', { ...asked, exactly: 1 });
      assert.deepEqual(json, {
        passed: false,
        count: 0,
        expected: 'exactly 1 call of Greeter.Greet',
        nearMisses: [{ number: 1, operation: 'Greet', reasons: ['/Greet/Name is "eve" and must be "ada"'] }],
      });
      assert.equal((await ask(mock, 'POST', '/verify', { ...asked, atMost: 0 })).json.passed, true);
      assert.equal((await ask(mock, 'POST', '/verify', { scenario: 'known' })).json.count, 1);
      assert.equal((await ask(mock, 'POST', '/verify', { scenario: 'shut' })).json.count, 0);
      const wrong = await ask(mock, 'POST', '/verify', {
        operation: 'Greet',
        when: [{ path: '$.nme', exists: true }],
      });
      assert.deepEqual([wrong.status, wrong.type], [422, 'application/problem+json; charset=utf-8']);
      assert.match(String(wrong.json.detail), /no message has a member "nme" here; did you mean "name"\?/);
    }));

  it('shows and sets the state', () =>
    withScenarios(SCENARIOS, async (mock) => {
      assert.equal(
        (await ask(mock, 'PUT', '/state/stores/guests/a%2Fb', { record: { line: 'hello' } })).status,
        204,
      );
      assert.equal(saidBy(await greet(mock, 'a/b')), 'hello');
      assert.deepEqual((await ask(mock, 'GET', '/state/stores/guests/a%2Fb')).json, {
        record: { line: 'hello' },
      });
      assert.equal((await ask(mock, 'DELETE', '/state/stores/guests/a%2Fb')).status, 204);
      assert.equal((await ask(mock, 'DELETE', '/state/stores/guests/a%2Fb')).status, 404);
      assert.equal((await ask(mock, 'PUT', '/state/machines/door', { state: 'shut' })).status, 204);
      assert.equal(saidBy(await greet(mock, 'eve')), 'shut');
      assert.match(
        String((await ask(mock, 'PUT', '/state/machines/door', { state: 'ajar' })).json.detail),
        /has no state "ajar"; it has open, shut/,
      );
      assert.deepEqual((await ask(mock, 'GET', '/state')).json, {
        stores: { guests: { eve: { line: 'banned' } } },
        machines: { door: 'shut' },
        counters: {},
      });
    }));

  it('takes scenarios, replaces them, and removes them', () =>
    withScenarios(SCENARIOS, async (mock) => {
      const answering = (line: string): object => ({
        operation: 'Greet',
        priority: 1,
        answer: { output: { line: [line], mood: 'glad' } },
      });
      assert.equal((await ask(mock, 'PUT', '/scenarios/new', answering('one'))).status, 204);
      assert.equal(saidBy(await greet(mock, 'eve')), 'one');
      assert.equal((await ask(mock, 'PUT', '/scenarios/new', answering('two'))).status, 204);
      assert.equal(saidBy(await greet(mock, 'eve')), 'two');
      const { scenarios } = (await ask(mock, 'GET', '/scenarios')).json as { scenarios: { name: string }[] };
      assert.deepEqual(
        scenarios.map(({ name }) => name),
        ['shut', 'closing', 'known', 'new'],
      );
      assert.equal((await ask(mock, 'DELETE', '/scenarios/new')).status, 204);
      assert.equal(saidBy(await greet(mock, 'eve')), 'banned');
    }));

  it('refuses a scenario that does not fit the contract, with its lines, and keeps those there are', () =>
    withScenarios(SCENARIOS, async (mock) => {
      const { status, json } = await ask(
        mock,
        'PUT',
        '/scenarios/known',
        'operation: Gret\nanswer: { output: {} }',
        {
          'content-type': 'application/yaml',
        },
      );
      assert.equal(status, 422);
      assert.deepEqual(json.problems, [
        {
          file: 'known',
          line: 1,
          column: 12,
          message: 'there is no operation "Gret"; did you mean "Greet"?',
        },
      ]);
      assert.equal(saidBy(await greet(mock, 'eve')), 'banned');
    }));

  it('switches faults on and off', () =>
    withScenarios(SCENARIOS, async (mock) => {
      assert.equal(
        (await ask(mock, 'PUT', '/switches/down', { wire: { html: { status: 503 } }, operation: 'Greet' }))
          .status,
        204,
      );
      assert.equal((await greet(mock, 'eve')).status, 503);
      assert.deepEqual((await ask(mock, 'GET', '/switches')).json, {
        switches: { down: { operation: 'Greet', wire: { kind: 'html', status: 503 } } },
      });
      assert.equal((await ask(mock, 'DELETE', '/switches/down')).status, 204);
      assert.equal((await greet(mock, 'eve')).status, 200);
      assert.equal((await ask(mock, 'PUT', '/switches/x', { wire: 'rest' })).status, 422);
      assert.equal((await ask(mock, 'PUT', '/switches/x', { operation: 'No', wire: 'reset' })).status, 400);
      assert.equal((await ask(mock, 'PUT', '/switches/x', {})).status, 400);
    }));

  it('begins anew, with everything or what is named', () =>
    withScenarios(SCENARIOS, async (mock) => {
      await greet(mock, 'eve');
      await ask(mock, 'PUT', '/state/machines/door', { state: 'shut' });
      await ask(mock, 'POST', '/reset', { what: ['journal'] });
      assert.equal(mock.calls.length, 0);
      assert.equal(mock.state.machine('door'), 'shut');
      await ask(mock, 'PUT', '/switches/x', { wire: 'empty' });
      await ask(mock, 'PUT', '/scenarios/new', {
        operation: 'Greet',
        priority: 1,
        answer: { fault: { reason: 'new' } },
      });
      assert.equal((await ask(mock, 'POST', '/reset')).status, 204);
      assert.equal(saidBy(await greet(mock, 'eve')), 'banned');
      assert.equal((await ask(mock, 'POST', '/reset', { what: ['jornal'] })).status, 400);
    }));
});

describe('the admin API refuses', () => {
  const refusals: Record<
    string,
    [method: string, path: string, body: unknown, status: number, headers?: Record<string, string>]
  > = {
    'what is not there': ['GET', '/nowhere', undefined, 404],
    'a method that is not': ['PUT', '/reset', {}, 405],
    'a body that is no JSON': ['POST', '/verify', '{', 400],
    'a body that is no object': ['POST', '/verify', '[]', 400],
    'a member it does not know': ['POST', '/verify', { operaton: 'Greet' }, 400],
    'a count that is none': ['POST', '/verify', { exactly: -1 }, 400],
    'conditions that are none': ['POST', '/verify', { when: [{ pth: '$' }] }, 422],
    'another media type, as a form of a web page has it': [
      'POST',
      '/reset',
      '{}',
      415,
      { 'content-type': 'text/plain' },
    ],
    'a page of another origin': ['POST', '/reset', {}, 403, { origin: 'https://evil.example' }],
    'a body that is too large': ['PUT', '/state/stores/guests/x', { record: 'x'.repeat(1_100_000) }, 413],
    'a path that is not well encoded': ['GET', '/state/stores/%ff/x', undefined, 400],
    'a page size that is none': ['GET', '/journal?limit=1e9', undefined, 400],
    'aliases of aliases': [
      'PUT',
      '/scenarios/bomb',
      `operation: Greet\na: &a [x,x,x,x,x,x,x,x,x]\n${Array.from('bcdefgh')
        .map((name, index) => `${name}: &${name} [${`*${'abcdefgh'[index] ?? ''},`.repeat(9)}]\n`)
        .join('')}answer: { output: *h }`,
      422,
      { 'content-type': 'application/yaml' },
    ],
    'an expression without end': [
      'PUT',
      '/scenarios/deep',
      { operation: 'Greet', when: [{ value: '('.repeat(1000) }] },
      422,
    ],
    'what is nested too deep': [
      'PUT',
      '/scenarios/deep',
      `{"operation":"Greet","answer":{"output":${'['.repeat(5000)}${']'.repeat(5000)}}}`,
      422,
    ],
  };
  for (const [title, [method, path, body, status, headers]] of Object.entries(refusals))
    it(`${title}, by a problem`, () =>
      withScenarios(SCENARIOS, async (mock) => {
        const reply = await ask(mock, method, path, body, headers);
        assert.deepEqual(
          [reply.status, reply.type, reply.json.status],
          [status, 'application/problem+json; charset=utf-8', status],
        );
        assert.equal((await ask(mock, 'GET', '/health')).status, 200);
      }));

  it('a Host that is another name: a page that had its own name lead here', () =>
    withScenarios(SCENARIOS, async (mock) => {
      const socket = connect(mock.port, '127.0.0.1');
      socket.end('GET /__portico/journal HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n');
      assert.match(await text(socket), /^HTTP\/1\.1 403 /);
    }));

  it('everything where it is switched off', () =>
    withScenarios(
      SCENARIOS,
      async (mock) => assert.equal((await fetch(`${mock.url}/__portico/health`)).status, 404),
      { admin: false },
    ));
});
