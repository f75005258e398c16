import assert from 'node:assert/strict';
import { createReadTrace, toTraceparent } from '../../../facade/trace/trace.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const PARENT = '00f067aa0ba902b7';
const read = createReadTrace(0);

describe('A trace', () => {
  it('is continued with a span of its own', () => {
    const trace = read({ traceparent: `00-${TRACE}-${PARENT}-01`, tracestate: 'a=1, b=2' });
    assert.equal(trace.traceId, TRACE);
    assert.equal(trace.parentId, PARENT);
    assert.match(trace.spanId, /^[\da-f]{16}$/);
    assert.notEqual(trace.spanId, PARENT);
    assert.equal(toTraceparent(trace), `00-${TRACE}-${trace.spanId}-01`);
    assert.equal(trace.tracestate, 'a=1,b=2');
  });

  it('is sampled or not as its caller says, whatever share is sampled here', () => {
    const readAll = createReadTrace(100);
    assert.equal(readAll({ traceparent: `00-${TRACE}-${PARENT}-00` }).isSampled, false);
    assert.equal(read({ traceparent: `00-${TRACE}-${PARENT}-01` }).isSampled, true);
    assert.equal(read({ traceparent: `00-${TRACE}-${PARENT}-03` }).isSampled, true);
    assert.equal(read({ traceparent: `00-${TRACE}-${PARENT}-fe` }).isSampled, false);
  });

  it('passes on no flag that it does not know', () => {
    const trace = read({ traceparent: `00-${TRACE}-${PARENT}-ff` });
    assert.match(toTraceparent(trace), /-01$/);
  });

  it('of a version to come is read as far as this one goes', () => {
    for (const traceparent of [`01-${TRACE}-${PARENT}-01`, `cc-${TRACE}-${PARENT}-01-what.comes`])
      assert.equal(read({ traceparent }).traceId, TRACE);
  });

  const invalid = [
    '',
    `00-${TRACE}-${PARENT}`,
    `00-${TRACE}-${PARENT}-01-more`,
    `00-${TRACE}-${PARENT}-01-`,
    `00-${TRACE}-${PARENT}-01 `,
    `00-${TRACE}-${PARENT}-1`,
    `00-${TRACE}-${PARENT}-0x`,
    `ff-${TRACE}-${PARENT}-01`,
    `cc-${TRACE}-${PARENT}-01.more`,
    `0-${TRACE}-${PARENT}-01`,
    `00-${TRACE.toUpperCase()}-${PARENT}-01`,
    `00-${TRACE}-${PARENT.toUpperCase()}-01`,
    `00-${'0'.repeat(32)}-${PARENT}-01`,
    `00-${TRACE}-${'0'.repeat(16)}-01`,
    `00_${TRACE}_${PARENT}_01`,
    `00-${TRACE.slice(1)}-${PARENT}-01`,
    `00-${TRACE}-${PARENT}-01, 00-${TRACE}-${PARENT}-01`,
    `00-${TRACE}-${PARENT}-01\r\nx: y`,
  ];
  for (const traceparent of invalid)
    it(`is begun anew, without the state of another, for ${JSON.stringify(traceparent)}`, () => {
      const trace = read({ traceparent, tracestate: 'a=1' });
      assert.notEqual(trace.traceId, TRACE);
      assert.match(toTraceparent(trace), /^00-[\da-f]{32}-[\da-f]{16}-00$/);
      assert.equal(trace.parentId, undefined);
      assert.equal(trace.tracestate, undefined);
    });

  it('begun here is sampled by the share configured', () => {
    const draws = [0, 0.099, 0.1, 0.999];
    const sampled = createReadTrace(10, () => draws.shift()!);
    assert.deepEqual(
      [1, 2, 3, 4].map(() => sampled({}).isSampled),
      [true, true, false, false],
    );
  });

  it('has other ids than any before', () => {
    const ids = Array.from({ length: 5000 }, () => read({})).flatMap(({ traceId, spanId }) => [
      traceId,
      spanId,
    ]);
    assert.equal(new Set(ids).size, ids.length);
  });

  const longest = Array.from({ length: 32 }, (_, index) => `k${index}=v`).join(',');
  const states: readonly (readonly [given: string, passedOn: string | undefined])[] = [
    ['rojo=00f067aa0ba902b7,congo=t61rcWkgMzE', 'rojo=00f067aa0ba902b7,congo=t61rcWkgMzE'],
    ['a=1 ,\tb=2', 'a=1,b=2'],
    ['a=1,,b=2,', 'a=1,b=2'],
    ['0tenant@sys-1*/_=x y', '0tenant@sys-1*/_=x y'],
    [`a=${'v'.repeat(256)}`, `a=${'v'.repeat(256)}`],
    [longest, longest],
    [`${longest},z=1`, undefined],
    [`a=${'v'.repeat(257)}`, undefined],
    [`${'k'.repeat(257)}=1`, undefined],
    ['a=1,a=2', undefined],
    ['A=1', undefined],
    ['0a=1', undefined],
    ['a@0=1', undefined],
    ['a@b@c=1', undefined],
    ['a', undefined],
    ['=1', undefined],
    ['a=', undefined],
    ['a =1', undefined],
    ['a=1=2', undefined],
    ['a=é', undefined],
    ['', undefined],
    [' , ,', undefined],
  ];
  for (const [given, passedOn] of states)
    it(`passes on ${passedOn === undefined ? 'nothing' : passedOn.slice(0, 40)} of the state ${JSON.stringify(given).slice(0, 40)} (${given.length} characters)`, () => {
      const trace = read({ traceparent: `00-${TRACE}-${PARENT}-01`, tracestate: given });
      assert.equal(trace.tracestate, passedOn);
      assert.equal(trace.traceId, TRACE);
    });
});
