import assert from 'node:assert/strict';
import { escapeText } from '../../../wsdl/xml/escape.ts';
import { element, runContract, sequence, xs } from './contracts.ts';
import { encodeRun, faultsOf } from './encoding.ts';

/** Longer than all that is written before bytes are handed on. */
const LONG = 70_000;

const contract = runContract(
  sequence(
    element('A', xs('string'), { min: 0, max: 'unbounded' }),
    element('Ünïcödé', xs('int'), { min: 0, max: 'unbounded', jsonName: 'b' }),
  ),
);

function written(a: readonly string[], b: readonly number[]): string {
  const texts = a.map((text) => `<A>${escapeText(text)}</A>`);
  return [...texts, ...b.map((number) => `<Ünïcödé>${number}</Ünïcödé>`)].join('');
}

describe('a message longer than what is written at a time', () => {
  it('has every piece once and in its order, wherever the bytes are handed on', () => {
    const fillers = Array.from({ length: 400 }, (_, index) => 'x'.repeat(index));
    for (let length = 0; length < 24; length++) {
      const a = [...fillers, 'y'.repeat(length), ...fillers.map((text) => `é${text}<`)];
      const b = fillers.map((_, index) => index * 1_000 - 5_000);
      assert.equal(encodeRun(contract, { a, b }), written(a, b));
    }
  });

  it('may have single values longer than that', () => {
    for (const text of ['z'.repeat(LONG), 'é'.repeat(LONG), '&'.repeat(LONG)]) {
      const a = ['before', text, 'after'];
      assert.equal(encodeRun(contract, { a, b: [7] }), written(a, [7]));
    }
  });

  it('leaves nothing behind when a fault breaks it off', () => {
    const a = Array.from({ length: 2_000 }, () => 'x'.repeat(100));
    assert.deepEqual(faultsOf(contract, { a, b: ['no number'] }), ['/b/0 type']);
    assert.equal(encodeRun(contract, { a: ['short'] }), '<A>short</A>');
  });
});

describe('members of an object', () => {
  it('count as its own alone, inherited ones neither as known nor as unknown', () => {
    const value = Object.assign(Object.create({ strange: 1 }) as object, { a: ['x'] });
    assert.equal(encodeRun(contract, value), '<A>x</A>');
  });

  it('are refused when unknown, be they called __proto__', () => {
    const value = JSON.parse('{"__proto__": 1, "a": ["x"]}') as { a: string[] };
    assert.deepEqual(faultsOf(contract, value), ['/__proto__ unknown-member']);
  });
});
