import assert from 'node:assert/strict';
import type { MockServer } from '../../../mocks/index.ts';
import { postBody } from '../soap-client.ts';
import { greet, saidBy, withScenarios } from './with-scenarios.ts';

function line(text: string): string {
  return `{ output: { line: ["${text}"], mood: glad } }`;
}

async function sayings(mock: MockServer, names: readonly string[]): Promise<string[]> {
  const said: string[] = [];
  for (const name of names) said.push(saidBy(await greet(mock, name)));
  return said;
}

describe('a scenario answers', () => {
  it('with what it makes of the request', () =>
    withScenarios(
      `scenarios:
  - name: hello
    operation: Greet
    answer: ${line('Hello {{ upper(input.name) }}')}`,
      async (mock) => {
        assert.equal(saidBy(await greet(mock, 'Ada')), 'Hello ADA');
        assert.deepEqual(mock.calls[0]?.answeredBy, { kind: 'scenario', name: 'hello' });
      },
    ));

  const conditions: Record<string, string> = {
    'a JSON path': `{ path: $.name, equals: Ada }`,
    'an XPath through the envelope': `{ path: /Envelope/Body/Greet/Name, equals: Ada }`,
    'an XPath from the element in the body': `{ path: "/g:Greet/g:Name", startsWith: A }`,
    'an XPath with a predicate': `{ path: "/Greet[Name='Ada']" }`,
    'an XPath at any depth': `{ path: //Name, oneOf: [Eve, Ada] }`,
    'a regular expression for the whole text': `{ path: $.name, matches: "A[a-z]{2}" }`,
    'a value worked out': `{ value: "text(input.name, '!')", equals: 'Ada!' }`,
    'what is not there': `{ path: $.times, exists: false }`,
  };
  for (const [title, condition] of Object.entries(conditions))
    it(`only calls that match by ${title}`, () =>
      withScenarios(
        `scenarios:
  - { name: hello, operation: Greet, when: [${condition}], answer: ${line('matched')} }
  - { name: rest, operation: Greet, answer: ${line('not matched')} }`,
        async (mock) => {
          assert.equal(saidBy(await greet(mock, 'Ada')), 'matched');
          assert.equal(saidBy(await greet(mock, 'Bob', {}, '<Times>2</Times>')), 'not matched');
        },
      ));

  it('numbers by their value, not by their text', () =>
    withScenarios(
      `scenarios:
  - { name: few, operation: Greet, when: [{ path: $.times, lessThan: 10 }], answer: ${line('few')} }
  - { name: ten, operation: Greet, when: [{ path: /Greet/Times, equalsNumber: '10.0' }], answer: ${line('ten')} }
  - { name: many, operation: Greet, when: [{ path: $.times, moreThan: '10' }], answer: ${line('many')} }`,
      async (mock) => {
        const said = await Promise.all(
          ['9', '10', '100'].map(async (times) =>
            saidBy(await greet(mock, 'Ada', {}, `<Times>${times}</Times>`)),
          ),
        );
        assert.deepEqual(said, ['few', 'ten', 'many']);
      },
    ));

  it('by header fields', () =>
    withScenarios(
      `scenarios:
  - { name: vip, operation: Greet, when: [{ header: X-Guest, equals: vip }], answer: ${line("{{ header('x-guest') }}")} }
  - { name: rest, operation: Greet, answer: ${line('none')} }`,
      async (mock) => {
        assert.equal(saidBy(await greet(mock, 'Ada', { 'x-guest': 'vip' })), 'vip');
        assert.equal(saidBy(await greet(mock, 'Ada')), 'none');
      },
    ));

  it('by the number of the call, and so many times', () =>
    withScenarios(
      `scenarios:
  - { name: second, operation: Greet, when: [{ calls: 2 }], answer: ${line('second')} }
  - { name: later, operation: Greet, when: [{ calls: { from: 4 } }], times: 1, answer: ${line('fourth')} }
  - { name: rest, operation: Greet, answer: ${line('call {{ calls() }}')} }`,
      async (mock) => {
        assert.deepEqual(await sayings(mock, ['a', 'b', 'c', 'd', 'e']), [
          'call 1',
          'second',
          'call 3',
          'fourth',
          'call 5',
        ]);
      },
    ));

  it('with declared faults in the version of the port, with a reason alone, and with XML', () =>
    withScenarios(
      `scenarios:
  - name: declared
    operation: Greet
    when: [{ path: $.name, equals: a }]
    answer: { fault: { name: Unwelcome, reason: 'not you, {{ input.name }}', detail: { until: '{{ plus("2026-01-31", "P1M") }}' } } }
  - { name: undeclared, operation: Greet, when: [{ path: $.name, equals: b }], answer: { fault: { reason: broken, category: Receiver } } }
  - name: xml
    operation: Greet
    answer:
      xml: <r:GreetResponse xmlns:r="urn:greeter"><r:Line>{{ input.name }}</r:Line><r:Mood>glad</r:Mood></r:GreetResponse>`,
      async (mock) => {
        const declared = await greet(mock, 'a');
        assert.equal(declared.status, 500);
        assert.match(declared.text, /not you, a.*Until>2026-02-28</s);
        assert.match((await greet(mock, 'b')).text, /:Server<.*broken/s);
        assert.equal(saidBy(await greet(mock, '&lt;c&gt;')), '&#60;c&#62;');
      },
    ));

  it('one after the other, then the last again or the first', () =>
    withScenarios(
      `scenarios:
  - { name: last, operation: Greet, when: [{ path: $.name, equals: l }], answers: [${line('1')}, { fault: { reason: '2' } }, ${line('3')}] }
  - { name: cycle, operation: Greet, answers: [${line('1')}, ${line('2')}], afterwards: cycle }`,
      async (mock) => {
        assert.deepEqual(await sayings(mock, ['l', 'l', 'l', 'l']), ['1', '2', '3', '3']);
        assert.deepEqual(await sayings(mock, ['c', 'c', 'c']), ['1', '2', '1']);
      },
    ));

  it('what no scenario does is left to handlers and samples', () =>
    withScenarios(
      `scenarios: [{ name: a, operation: Greet, when: [{ path: $.name, equals: a }], answer: ${line('scenario')} }]`,
      async (mock) => {
        assert.deepEqual(await sayings(mock, ['a', 'b']), ['scenario', 'handler']);
        assert.equal(mock.calls[1]?.misses[0]?.reason, '$.name is "b" and must be "a"');
      },
      {
        handlers: {
          Greet: ({ input }) =>
            (input as { name: string }).name === 'b'
              ? { output: { line: ['handler'], mood: 'glad' } }
              : undefined,
        },
      },
    ));
});

describe('of several scenarios', () => {
  it('the most specific answers, and of equals the first', () =>
    withScenarios(
      `scenarios:
  - { name: any, operation: '*', answer: { fault: { reason: any } } }
  - { name: operation, operation: Greet, answer: ${line('operation')} }
  - { name: later, operation: Greet, answer: ${line('later')} }
  - { name: service, operation: Greeter.Greet, when: [{ path: $.name, not: x }], answer: ${line('service')} }
  - { name: port, operation: Greet, port: Greeter11, when: [{ path: $.name, equals: port }], answer: ${line('port')} }
  - { name: conditions, operation: Greet, port: Greeter11, when: [{ path: $.name, startsWith: p, endsWith: t }], answer: ${line('conditions')} }
  - { name: first of all, operation: '*', priority: 1, when: [{ header: x-first }], answer: { fault: { reason: first of all } } }`,
      async (mock) => {
        assert.deepEqual(await sayings(mock, ['x', 'y', 'port', 'pot']), [
          'operation',
          'service',
          'conditions',
          'conditions',
        ]);
        assert.equal(saidBy(await greet(mock, 'port', { 'x-first': '1' })), 'first of all');
        const { text } = await postBody(
          mock.endpointOf('Adder', 'Adder'),
          '1.1',
          '<a:Add xmlns:a="urn:adder"><left>1</left><right>2</right></a:Add>',
        );
        assert.match(text, />any</);
      },
    ));
});

describe('what a scenario answers is checked before it leaves', () => {
  it('and a Server fault names the place in the file', () =>
    withScenarios(
      `scenarios:
  - name: wrong
    operation: Greet
    answer:
      output: { line: ['x'], mood: '{{ input.name }}' }`,
      async (mock) => {
        const { status, text } = await greet(mock, 'bored');
        assert.equal(status, 500);
        assert.match(text, /:Server<.*wrong.*scenarios\.yaml:5:\d+.*\/mood/s);
        assert.equal(saidBy(await greet(mock, 'glad')), 'x');
      },
    ));

  it('and nothing it changed is kept if it does not fit', () =>
    withScenarios(
      `stores: { guests: { ada: { visits: 1 } } }
scenarios:
  - name: wrong
    operation: Greet
    change:
      - { update: guests, key: ada, set: { visits: '{{ next("visits") }}' } }
      - { create: guests, key: '{{ input.name }}', record: {} }
      - { delete: guests, key: ada }
    answer: { output: { line: ['x'], mood: '{{ input.name }}' } }`,
      async (mock) => {
        await greet(mock, 'bored');
        assert.deepEqual(mock.state.snapshot(), {
          stores: { guests: { ada: { visits: 1 } } },
          machines: {},
          counters: { visits: 0 },
        });
        await greet(mock, 'glad');
        assert.deepEqual(mock.state.snapshot(), {
          stores: { guests: { glad: {} } },
          machines: {},
          counters: { visits: 1 },
        });
      },
    ));
});

describe('what scenarios remember', () => {
  const GUESTS = `
stores: { guests: { eve: { line: banned } } }
machines: { door: { states: [open, shut], initial: open } }
scenarios:
  - { name: shut, operation: Greet, when: [{ machine: door, equals: shut }], answer: { fault: { reason: shut } } }
  - { name: shutting, operation: Greet, when: [{ path: $.name, equals: bye }], change: [{ machine: door, to: shut }], answer: ${line('bye')} }
  - name: known
    operation: Greet
    let: { guest: "record('guests', input.name)" }
    when: [{ store: guests, key: '{{ input.name }}' }]
    change: [{ update: guests, key: '{{ input.name }}', set: { seen: '{{ add(default(guest.seen, 0), 1) }}' } }]
    answer: ${line('{{ guest.line }} {{ default(guest.seen, 0) }}')}
  - { name: new, operation: Greet, change: [{ create: guests, key: '{{ input.name }}', record: { line: 'again {{ input.name }}' } }], answer: ${line('new')} }
  - { name: tell, operation: Tell, change: [{ delete: guests, key: '{{ input.secret }}' }] }`;

  it('are records, created, read, updated and deleted by a value of the request', () =>
    withScenarios(GUESTS, async (mock) => {
      assert.deepEqual(await sayings(mock, ['ada', 'ada', 'ada', 'eve']), [
        'new',
        'again ada 0',
        'again ada 1',
        'banned 0',
      ]);
      await postBody(
        mock.endpointOf('Greeter', 'Greeter11'),
        '1.1',
        '<Tell xmlns="urn:greeter"><Secret>ada</Secret></Tell>',
      );
      assert.deepEqual(await sayings(mock, ['ada']), ['new']);
    }));

  it('are states of machines', () =>
    withScenarios(GUESTS, async (mock) => {
      assert.deepEqual(await sayings(mock, ['bye', 'ada']), ['bye', 'shut']);
      mock.reset(['state']);
      assert.deepEqual(await sayings(mock, ['ada']), ['new']);
    }));

  it('are lists, filtered, and summed to the last digit', () =>
    withScenarios(
      `stores: { bookings: { a: { of: ada, amount: '0.10' }, b: { of: eve, amount: '5' }, c: { of: ada, amount: '0.200' } } }
scenarios:
  - name: list
    operation: Greet
    let: { mine: "records('bookings')[?@.of == input.name]" }
    answer:
      output:
        line: { $each: mine, $as: booking, $give: '{{ booking.amount }} of {{ sum(mine[*].amount) }}' }
        mood: glad`,
      async (mock) => assert.equal(saidBy(await greet(mock, 'ada')), '0.10 of 0.300|0.200 of 0.300'),
    ));

  it('never is seen half changed by calls at the same time', () =>
    withScenarios(
      `stores: { counts: { all: { count: 0 } } }
scenarios:
  - name: count
    operation: Greet
    let: { before: "record('counts', 'all').count" }
    change: [{ update: counts, key: all, set: { count: '{{ add(before, 1) }}' } }]
    answer: ${line('{{ before }}')}`,
      async (mock) => {
        const said = await Promise.all(
          Array.from({ length: 200 }, async () => Number(saidBy(await greet(mock, 'a')))),
        );
        assert.deepEqual(
          said.toSorted((left, right) => left - right),
          Array.from({ length: 200 }, (_, index) => index),
        );
      },
    ));

  it('is of one mock alone', () =>
    withScenarios(GUESTS, (one) =>
      withScenarios(GUESTS, async (other) => {
        assert.deepEqual(await sayings(one, ['ada', 'ada']), ['new', 'again ada 0']);
        assert.deepEqual(await sayings(other, ['ada']), ['new']);
      }),
    ));
});

describe('chance', () => {
  it('is the same for the same seed, and another for another', async () => {
    const ask = async (seed: number): Promise<string[]> => {
      let said: string[] = [];
      await withScenarios(
        `scenarios: [{ name: r, operation: Greet, answer: ${line('{{ uuid() }} {{ random(1, 1000000) }} {{ digits(8) }}')} }]`,
        async (mock) => {
          said = await sayings(mock, ['a', 'a']);
        },
        { seed },
      );
      return said;
    };
    const [first, again, other] = [await ask(1), await ask(1), await ask(2)];
    assert.deepEqual(first, again);
    assert.notEqual(first[0], first[1]);
    assert.notEqual(first[0], other[0]);
    assert.match(
      first[0] ?? '',
      /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12} \d+ \d{8}$/,
    );
  });

  it('and time are what the test says', () =>
    withScenarios(
      `scenarios: [{ name: t, operation: Greet, answer: ${line("{{ now() }} {{ plus(today(), 'P1Y1M') }}")} }]`,
      async (mock) => assert.equal(saidBy(await greet(mock, 'a')), '2024-01-31T10:00:00Z 2025-02-28'),
      { now: () => new Date('2024-01-31T10:00:00.123Z') },
    ));
});
