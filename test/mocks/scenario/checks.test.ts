import assert from 'node:assert/strict';
import { problemsOf } from './with-scenarios.ts';

const OUTPUT = `output: { line: [x], mood: glad }`;

/** Scenarios that are wrong, with all that is to be said of them. */
const wrong: Record<string, readonly [yaml: string, ...problems: string[]]> = {
  'an unknown operation': [
    `scenarios: [{ name: a, operation: Gret, answer: { ${OUTPUT} } }]`,
    '1:35 there is no operation "Gret"; did you mean "Greet"?',
  ],
  'a port without the operation': [
    `scenarios: [{ name: a, operation: Greet, port: Greeter1, answer: { ${OUTPUT} } }]`,
    '1:48 port "Greeter1" has no operation "Greet"; did you mean "Greeter11"?',
  ],
  'unknown keys, all at once': [
    `scenarios:
  - { name: a, operation: Greet, anwser: {} }
  - { name: b, operaton: Greet }
store: {}`,
    '2:34 unknown key "anwser"; did you mean "answer"?',
    '3:5 "operation" is missing; "*" is every one',
    '3:16 unknown key "operaton"; did you mean "operation"?',
    '4:1 unknown key "store"; did you mean "stores"?',
  ],
  'a JSON path that no message has': [
    `scenarios: [{ name: a, operation: Greet, when: [{ path: $.nmae }], answer: { ${OUTPUT} } }]`,
    '1:59 no message has a member "nmae" here; did you mean "name"?',
  ],
  'a JSON path into a value': [
    `scenarios: [{ name: a, operation: Greet, when: [{ path: $.name.first }], answer: { ${OUTPUT} } }]`,
    '1:64 this is a single value, which has no member "first"',
  ],
  'an XPath that no message has': [
    `scenarios: [{ name: a, operation: Greet, when: [{ path: /Envelope/Body/Greet/Nam }], answer: { ${OUTPUT} } }]`,
    '1:78 no message has an element Nam here; did you mean Name?',
  ],
  'an XPath that is none': [
    `scenarios: [{ name: a, operation: Greet, when: [{ path: '/Greet[' }], answer: { ${OUTPUT} } }]`,
    '1:65 ends too early',
  ],
  'an expression that is none': [
    `scenarios: [{ name: a, operation: Greet, when: [{ value: 'add(1,' }], answer: { ${OUTPUT} } }]`,
    '1:65 the expression ends too early',
  ],
  'an unknown function and name, and too few parameters': [
    `scenarios: [{ name: a, operation: Greet, answer: { output: { line: ['{{ uper(inptu.name) }}', '{{ add(1) }}'], mood: glad } } }]`,
    '1:73 there is no function "uper"; did you mean "upper"?',
    '1:78 there is no "inptu" here; did you mean "input"?',
    '1:99 add takes 2 to 20 parameters, not 1',
  ],
  'an answer that does not fit': [
    `scenarios:
  - name: a
    operation: Greet
    answer:
      output:
        line: [x, '{{ input.name }}']
        mood: bored
        colour: red`,
    '7:15 does not fit the contract at /mood: must be one of "glad", "gloomy"',
    '8:17 does not fit the contract at /colour: is not a member of "GreetResponse", which has "line", "mood"',
  ],
  'an answer in XML that does not fit': [
    `scenarios: [{ name: a, operation: Greet, answer: { xml: '<GreetResponse xmlns="urn:greeter"><Line>{{ input.name }}</Line></GreetResponse>' } }]`,
    '1:57 does not fit the contract: /Envelope/Body/GreetResponse: ',
  ],
  'an output of a one-way operation': [
    `scenarios: [{ name: a, operation: Tell, answer: { output: {} } }]`,
    '1:49 Tell is one-way: it has no output',
  ],
  'a fault that is not declared': [
    `scenarios: [{ name: a, operation: Greet, answer: { fault: { name: Unwelcom, reason: no, detail: {} } } }]`,
    '1:67 Greet declares no fault "Unwelcom"; did you mean "Unwelcome"?',
  ],
  'a fault with a wrong detail': [
    `scenarios: [{ name: a, operation: Greet, answer: { fault: { name: Unwelcome, reason: no, detail: { until: tomorrow } } } }]`,
    '1:107 does not fit the contract at /until: ',
  ],
  'two scenarios of one name': [
    `scenarios: [{ name: a, operation: Greet }, { name: a, operation: Tell }]`,
    '1:44 there is a scenario "a" already, at ',
  ],
  'a store and a machine that nobody declared': [
    `scenarios: [{ name: a, operation: Greet, when: [{ machine: door, equals: shut }, { store: guests, key: x }], answer: { output: { line: ["{{ record('gusts', 'x') }}"], mood: glad } } }]`,
    '1:60 there is no machine "door"; declare it under "machines"',
    '1:91 there is no store "guests"; declare it under "stores"',
    '1:148 there is no store "gusts"',
  ],
  'states that nothing leads to, and that there are not': [
    `machines: { door: { states: [open, shut, locked], initial: open } }
scenarios:
  - { name: a, operation: Greet, when: [{ machine: door, equals: locked }], change: [{ machine: door, to: shut }], answer: { ${OUTPUT} } }
  - { name: b, operation: Greet, when: [{ machine: door, equals: ajar }], change: [{ machine: door, to: opne }], answer: { ${OUTPUT} } }`,
    '1:19 no scenario leads to state "shut" of machine "door"',
    '1:19 no scenario leads to state "locked" of machine "door"',
    '4:41 machine "door" has no state "ajar"; it has open, shut, locked',
    '4:105 there is no state "opne"; did you mean "open"?',
  ],
  'a change that answers nothing': [
    `stores: { s: {} }
scenarios: [{ name: a, operation: Greet, change: [{ delete: s, key: x }] }]`,
    '2:13 changes the state but answers nothing; add an "answer"',
  ],
  'delays and wire faults that are none': [
    `scenarios:
  - { name: a, operation: Greet, delayMilliseconds: { uniform: [5, 1] } }
  - { name: b, operation: Greet, delayMilliseconds: { percentiles: { 90: 10, 50: 20 } } }
  - { name: c, operation: Greet, wire: resett }
  - { name: d, operation: Greet, wire: { drip: { bites: 3 } } }`,
    '2:64 must be [from, to] in milliseconds, the smaller first',
    '3:68 must be a map from percent (above 0, to 100) to milliseconds, both rising',
    '4:40 must be one of reset, ',
    '5:50 unknown key "bites"; did you mean "bytes"?',
  ],
  'a regular expression that would be another elsewhere': [
    `scenarios: [{ name: a, operation: Greet, when: [{ path: $.name, matches: '(a' }] }]`,
    '1:74 is no regular expression of XML Schema, which is for the whole text and has no ^ or $: ',
  ],
  'what is no YAML': [`scenarios: [`, '1:13 '],
};

describe('a scenario file that is loaded', () => {
  for (const [title, [yaml, ...expected]] of Object.entries(wrong))
    it(`with ${title} is refused with line and column`, async () => {
      const found = await problemsOf(yaml);
      const isEach = expected.every((problem) => found.some((one) => one.startsWith(problem)));
      assert.ok(
        isEach && found.length === expected.length,
        `${found.join('\n')}\n\nnot:\n${expected.join('\n')}`,
      );
    });

  it('may leave to templates what only a call can tell', async () => {
    const yaml = `scenarios:
  - name: a
    operation: Greet
    answer: { output: { line: { $each: "slice('abc', 0, 1)", $give: '{{ entry }}' }, mood: '{{ pick("glad", "gloomy") }}' } }
  - name: b
    operation: Greet
    when: [{ path: $.times, equals: 1 }]
    answer: { fault: { name: Unwelcome, reason: x, detail: { until: '{{ today() }}' } } }`;
    assert.deepEqual(await problemsOf(yaml), []);
  });
});
