import assert from 'node:assert/strict';

import type { JsonValue } from '../../../wsdl/index.ts';
import { NS, atomic, complex, element, group, key, runContract, sequence, xs } from './contracts.ts';
import { encodeRun, faultsOf, fullFaultsOf } from './encoding.ts';

const A = element('A', xs('string'), { min: 0 });
const a = element('A', xs('string'));
const b = element('B', xs('string'));
const c = element('C', xs('string'));

describe('encoding a sequence', () => {
  it('restores the order of the model', () => {
    const contract = runContract(sequence(a, b, sequence(c)));
    assert.equal(encodeRun(contract, { c: '3', a: '1', b: '2' }), '<A>1</A><B>2</B><C>3</C>');
  });

  it('names every required member that is missing and every member it does not know', () => {
    const contract = runContract(sequence(a, b, element('D', key('Inner'))), [complex('Inner', sequence(c))]);
    assert.deepEqual(faultsOf(contract, { b: 'x', 'a/~z': 1, d: { e: 2 } }), [
      '/a~1~0z unknown-member',
      '/a required',
      '/d/e unknown-member',
      '/d/c required',
    ]);
  });

  it('tells absent, null and empty apart', () => {
    const contract = runContract(sequence(A, element('N', xs('string'), { nillable: true, min: 0 })));
    assert.equal(encodeRun(contract, {}), '');
    assert.equal(encodeRun(contract, { a: '', n: null }), '<A></A><N xsi:nil="true"/>');
    assert.deepEqual(faultsOf(contract, { a: null }), ['/a not-nillable']);
  });

  it('leaves out particles that may never occur', () => {
    const contract = runContract(sequence(element('A', xs('string'), { min: 0, max: 0 }), b));
    assert.deepEqual(faultsOf(contract, { a: '1', b: '2' }), ['/a unknown-member']);
  });

  it('writes an optional group whole or not at all', () => {
    const contract = runContract(
      sequence(group('sequence', [a, b, element('O', xs('string'), { min: 0 })], { min: 0 }), c),
    );
    assert.equal(encodeRun(contract, { c: '3' }), '<C>3</C>');
    assert.equal(encodeRun(contract, { c: '3', b: '2', a: '1' }), '<A>1</A><B>2</B><C>3</C>');
    assert.deepEqual(faultsOf(contract, { c: '3', o: 'x' }), ['/a required', '/b required']);
  });

  it('treats undefined members as absent and members of the prototype as none', () => {
    const contract = runContract(
      sequence(
        A,
        element('constructor', xs('string'), { min: 0 }),
        element('toString', xs('string'), { min: 0 }),
      ),
    );
    assert.equal(encodeRun(contract, { a: undefined } as unknown as JsonValue), '');
    assert.equal(encodeRun(contract, { constructor: 'x' }), '<constructor>x</constructor>');
    assert.deepEqual(faultsOf(contract, JSON.parse('{"__proto__": {"a": "1"}}') as JsonValue), [
      '/__proto__ unknown-member',
    ]);
  });

  it('takes __proto__ where an element has that name', () => {
    const contract = runContract(sequence(element('__proto__', xs('string'), { jsonName: '__proto__' })));
    assert.equal(
      encodeRun(contract, JSON.parse('{"__proto__": "x"}') as JsonValue),
      '<__proto__>x</__proto__>',
    );
    assert.deepEqual(faultsOf(contract, {}), ['/__proto__ required']);
  });
});

describe('encoding repeated elements', () => {
  const many = element('M', xs('int'), { min: 0, max: 'unbounded', always: true });
  const some = element('S', xs('int'), { min: 1, max: 2, nillable: true });

  it('writes one element for each item', () => {
    assert.equal(encodeRun(runContract(sequence(many)), { m: [1] }), '<M>1</M>');
    assert.equal(encodeRun(runContract(sequence(many)), { m: [1, 2] }), '<M>1</M><M>2</M>');
    assert.equal(encodeRun(runContract(sequence(some)), { s: [null, 2] }), '<S xsi:nil="true"/><S>2</S>');
  });

  it('takes an empty array and no member for the same', () => {
    assert.equal(encodeRun(runContract(sequence(many)), { m: [] }), '');
    assert.equal(encodeRun(runContract(sequence(many)), {}), '');
  });

  it('refuses what is no array, and too few or too many items', () => {
    assert.deepEqual(faultsOf(runContract(sequence(many)), { m: 1 }), ['/m type']);
    assert.deepEqual(faultsOf(runContract(sequence(many)), { m: null }), ['/m type']);
    assert.deepEqual(faultsOf(runContract(sequence(some)), {}), ['/s required']);
    assert.deepEqual(faultsOf(runContract(sequence(some)), { s: [] }), ['/s occurrence']);
    assert.deepEqual(faultsOf(runContract(sequence(some)), { s: [1, 2, 3] }), ['/s occurrence']);
    assert.deepEqual(faultsOf(runContract(sequence(some)), { s: ['x'] }), ['/s/0 type']);
  });

  it('finds faults of every item, up to a hundred', () => {
    const faults = faultsOf(runContract(sequence(many)), { m: Array<JsonValue>(500).fill('x') });
    assert.equal(faults.length, 100);
    assert.equal(faults[99], '/m/99 type');
  });

  it('refuses holes', () => {
    assert.deepEqual(faultsOf(runContract(sequence(many)), { m: [1, undefined] as unknown as JsonValue }), [
      '/m/1 type',
    ]);
  });

  it('unwraps an ArrayOfX', () => {
    const array = complex('ArrayOfInt', sequence(many), { unwrapped: true });
    const contract = runContract(sequence(element('L', array.key, { min: 0, nillable: true })), [array]);
    assert.equal(encodeRun(contract, { l: [1, 2] }), '<L><M>1</M><M>2</M></L>');
    assert.equal(encodeRun(contract, { l: [] }), '<L></L>');
    assert.equal(encodeRun(contract, { l: null }), '<L xsi:nil="true"></L>');
    assert.equal(encodeRun(contract, {}), '');
    assert.deepEqual(faultsOf(contract, { l: { m: [1] } }), ['/l type']);
    assert.deepEqual(faultsOf(contract, { l: [1, 'x'] }), ['/l/1 type']);
  });
});

describe('encoding a choice', () => {
  const choice = group('choice', [a, sequence(b, c)]);

  it('writes the branch whose members are present', () => {
    const contract = runContract(sequence(choice));
    assert.equal(encodeRun(contract, { a: '1' }), '<A>1</A>');
    assert.equal(encodeRun(contract, { c: '3', b: '2' }), '<B>2</B><C>3</C>');
  });

  it('refuses members of two branches, and names them', () => {
    const [fault] = fullFaultsOf(runContract(sequence(choice)), { a: '1', c: '3' });
    assert.deepEqual(fault, {
      pointer: '',
      code: 'choice',
      message: 'must not have these together: "a", "c"',
    });
  });

  it('refuses no branch, unless one may be empty', () => {
    const [fault] = fullFaultsOf(runContract(sequence(choice)), {});
    assert.deepEqual(fault, { pointer: '', code: 'choice', message: 'must have one of "a", "b", "c"' });
    assert.equal(encodeRun(runContract(sequence({ ...choice, min: 0 })), {}), '');
    assert.equal(encodeRun(runContract(sequence(group('choice', [A, b]))), {}), '');
  });

  it('asks for what the branch lacks', () => {
    assert.deepEqual(faultsOf(runContract(sequence(choice)), { b: '2' }), ['/c required']);
  });

  it('tells branches apart that share a member', () => {
    const contract = runContract(sequence(group('choice', [sequence(a, b), sequence(a, c), sequence(a)])));
    assert.equal(encodeRun(contract, { a: '1', c: '3' }), '<A>1</A><C>3</C>');
    assert.equal(encodeRun(contract, { a: '1', b: '2' }), '<A>1</A><B>2</B>');
    assert.equal(encodeRun(contract, { a: '1' }), '<A>1</A>');
    assert.deepEqual(faultsOf(contract, { b: '2' }), ['/a required']);
    assert.deepEqual(faultsOf(contract, { a: '1', b: '2', c: '3' }), [' choice']);
  });

  it('takes a null for the presence of a nillable element', () => {
    const contract = runContract(
      sequence(group('choice', [element('A', xs('string'), { nillable: true }), b])),
    );
    assert.equal(encodeRun(contract, { a: null }), '<A xsi:nil="true"/>');
  });

  it('takes an empty array for none', () => {
    const contract = runContract(
      sequence(group('choice', [element('A', xs('string'), { max: 'unbounded' }), b])),
    );
    assert.equal(encodeRun(contract, { a: [], b: '2' }), '<B>2</B>');
    assert.deepEqual(faultsOf(contract, { a: [] }), [' choice']);
  });

  it('ends on choices of many branches', () => {
    const branches = Array.from({ length: 300 }, (_, index) => element(`E${index}`, xs('string')));
    const contract = runContract(sequence(group('choice', branches)));
    assert.equal(encodeRun(contract, { e299: 'x' }), '<E299>x</E299>');
    assert.deepEqual(faultsOf(contract, { e1: 'x', e2: 'y' }), [' choice']);
  });
});

describe('encoding repeating groups', () => {
  it('keeps the order of a repeating choice', () => {
    const contract = runContract(
      sequence(group('choice', [a, b], { min: 0, max: 'unbounded', jsonName: '@choice' })),
    );
    assert.equal(
      encodeRun(contract, { '@choice': [{ b: '1' }, { a: '2' }, { b: '3' }] }),
      '<B>1</B><A>2</A><B>3</B>',
    );
    assert.equal(encodeRun(contract, {}), '');
    assert.equal(encodeRun(contract, { '@choice': [] }), '');
  });

  it('writes each occurrence of a repeating sequence whole', () => {
    const contract = runContract(
      group('sequence', [a, element('B', xs('string'), { min: 0 })], { max: 3, jsonName: '@sequence' }),
    );
    assert.equal(
      encodeRun(contract, { '@sequence': [{ a: '1', b: '2' }, { a: '3' }] }),
      '<A>1</A><B>2</B><A>3</A>',
    );
    assert.deepEqual(faultsOf(contract, {}), ['/@sequence required']);
    assert.deepEqual(faultsOf(contract, { '@sequence': [] }), ['/@sequence occurrence']);
    assert.deepEqual(faultsOf(contract, { '@sequence': [{ a: '1' }, { b: '2' }, 5, { a: '1', z: '' }] }), [
      '/@sequence occurrence',
      '/@sequence/1/a required',
      '/@sequence/2 type',
      '/@sequence/3/z unknown-member',
    ]);
  });

  it('allows exactly one branch an occurrence', () => {
    const contract = runContract(
      sequence(group('choice', [a, b], { max: 'unbounded', jsonName: '@choice' })),
    );
    assert.deepEqual(faultsOf(contract, { '@choice': [{ a: '1', b: '2' }, {}] }), [
      '/@choice/0 choice',
      '/@choice/1 choice',
    ]);
    assert.deepEqual(faultsOf(contract, { a: '1' }), ['/a unknown-member', '/@choice required']);
  });

  it('needs no occurrence of a group that may be empty', () => {
    const contract = runContract(sequence(group('sequence', [A], { min: 2, max: 4, jsonName: '@sequence' })));
    assert.equal(encodeRun(contract, {}), '');
  });

  it('nest', () => {
    const inner = group('choice', [a, b], { max: 'unbounded', jsonName: '@choice' });
    const contract = runContract(group('sequence', [c, inner], { max: 'unbounded', jsonName: '@sequence' }));
    assert.equal(
      encodeRun(contract, {
        '@sequence': [
          { c: '0', '@choice': [{ b: '1' }] },
          { c: '2', '@choice': [{ a: '3' }, { b: '4' }] },
        ],
      }),
      '<C>0</C><B>1</B><C>2</C><A>3</A><B>4</B>',
    );
  });
});

describe('encoding xs:all', () => {
  const contract = runContract(group('all', [a, element('B', xs('string'), { min: 0 }), c]));

  it('keeps the order of the JSON members', () => {
    assert.equal(encodeRun(contract, { c: '3', a: '1' }), '<C>3</C><A>1</A>');
    assert.equal(encodeRun(contract, { b: '2', a: '1', c: '3' }), '<B>2</B><A>1</A><C>3</C>');
  });

  it('asks for what is missing', () => {
    assert.deepEqual(faultsOf(contract, { b: '2' }), ['/a required', '/c required']);
  });

  it('may be optional as a whole', () => {
    const optional = runContract(group('all', [a, c], { min: 0 }));
    assert.equal(encodeRun(optional, {}), '');
    assert.deepEqual(faultsOf(optional, { c: '3' }), ['/a required']);
  });
});

describe('encoding recursive types', () => {
  const node = complex('Node', sequence(element('Next', key('Node'), { min: 0 })));
  const contract = runContract(sequence(element('Node', node.key)), [node]);

  it('follows them as deep as the value goes', () => {
    assert.equal(
      encodeRun(contract, { node: { next: { next: {} } } }),
      '<Node><Next><Next></Next></Next></Node>',
    );
  });

  it('stops at a bound, cycles included', () => {
    let deep: JsonValue = {};
    for (let i = 0; i < 100_000; i++) deep = { next: deep };
    assert.match(faultsOf(contract, { node: deep }).join(), /^\/node(\/next)+ depth$/);
    const cycle: { [member: string]: JsonValue } = {};
    cycle.next = cycle;
    assert.match(faultsOf(contract, { node: cycle }).join(), / depth$/);
  });
});

describe('encoding simple values in elements', () => {
  it('reports their faults with the pointer of the member', () => {
    const code = atomic('Code', 'string', { enumeration: ['A'], whiteSpace: 'preserve' });
    const contract = runContract(
      sequence(element('A', code.key), element('B', xs('decimal')), element('C', xs('NMTOKENS'))),
      [code],
    );
    assert.deepEqual(faultsOf(contract, { a: 'x', b: 5, c: ['x', 'y z'] }), [
      '/a enumeration',
      '/b type',
      '/c/1 lexical',
    ]);
  });

  it('escapes what XML would change', () => {
    const contract = runContract(sequence(a));
    assert.equal(encodeRun(contract, { a: '<a>&amp; ]]> "\'' }), '<A>&lt;a&gt;&amp;amp; ]]&gt; "\'</A>');
    assert.equal(encodeRun(contract, { a: ' \t\r\n\u0085\u2028😀 ' }), '<A> \t&#13;\n\u0085\u2028😀 </A>');
    assert.deepEqual(faultsOf(contract, { a: '\ud83d' }), ['/a xml-character']);
    assert.deepEqual(faultsOf(contract, { a: '\u0001' }), ['/a xml-character']);
  });

  it('declares prefixes of qualified names where they stand', () => {
    const contract = runContract(sequence(element('Q', xs('QName'), { max: 3 })));
    assert.equal(
      encodeRun(contract, { q: [`{${NS}}a`, 'b', '{urn:"<&}c'] }),
      '<Q xmlns:q1="urn:example">q1:a</Q><Q>b</Q><Q xmlns:q1="urn:&quot;&lt;&amp;">q1:c</Q>',
    );
  });

  it('holds fixed values', () => {
    const contract = runContract(
      sequence(
        element('A', xs('decimal'), { fixed: '1.0' }),
        element('Q', xs('QName'), { min: 0, fixed: '{urn:x}a' }),
      ),
    );
    assert.equal(encodeRun(contract, { a: '1.00' }), '<A>1.00</A>');
    assert.deepEqual(faultsOf(contract, { a: '2', q: 'a' }), ['/a fixed', '/q fixed']);
  });
});
