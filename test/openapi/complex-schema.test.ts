import assert from 'node:assert/strict';
import type { JsonValue, TypeDefinition } from '../../wsdl/index.ts';
import {
  attribute,
  choice,
  complexType,
  element,
  group,
  keyOf,
  sequence,
  simpleType,
} from './contract-builder.ts';
import { bothDirections } from './message-schema.ts';

interface Example {
  readonly what: string;
  readonly types: readonly TypeDefinition[];
  readonly good: readonly JsonValue[];
  readonly bad: readonly JsonValue[];
}

const text = 'xs:string';
const iban = element('iban', text);
const sortCode = element('sortCode', text);
const number = element('number', text);

const examples: readonly Example[] = [
  {
    what: 'elements in any order, each once and no others',
    types: [complexType('T', sequence(element('a', text), element('b', 'xs:int', '?')))],
    good: [{ a: 'x' }, { b: 1, a: 'x' }],
    bad: [{}, { a: 'x', c: 1 }, { b: 1 }, { a: ['x'] }, { a: null }],
  },
  {
    what: 'repeated elements as arrays, also of one',
    types: [complexType('T', sequence(element('a', text, [1, 2])))],
    good: [{ a: ['x'] }, { a: ['x', 'y'] }],
    bad: [{ a: 'x' }, { a: [] }, { a: ['x', 'y', 'z'] }, {}],
  },
  {
    what: 'nil as null, of simple and complex types',
    types: [
      complexType(
        'T',
        sequence(element('a', 'xs:int', '1', { nillable: true }), element('b', 'B', '*', { nillable: true })),
      ),
      complexType('B', sequence(element('c', text))),
    ],
    good: [{ a: null }, { a: 1, b: [null, { c: '' }] }],
    bad: [{}, { a: 1, b: null }, { a: 1, b: [{ c: null }] }],
  },
  {
    what: 'nil with attributes as an object marked by @nil',
    types: [
      complexType('T', sequence(element('a', 'A', '1', { nillable: true }))),
      complexType(
        'A',
        { kind: 'simple', type: keyOf('xs:decimal'), jsonName: 'value' },
        { attributes: [attribute('asOf', 'xs:date')] },
      ),
    ],
    good: [
      { a: null },
      { a: { '@nil': true, asOf: '2026-11-21' } },
      { a: { value: '1.0', asOf: '2026-11-21' } },
      { a: { '@nil': true } },
    ],
    bad: [{ a: { '@nil': false } }, { a: { '@nil': true, value: '1' } }, { a: { asOf: '2026-11-21' } }],
  },
  {
    what: 'nil of types that may or must be named',
    types: [
      complexType(
        'T',
        sequence(
          element('a', 'Base', '1', { nillable: true }),
          element('b', 'Abstract', '?', { nillable: true }),
          element('c', 'xs:anyType', '?', { nillable: true }),
        ),
      ),
      complexType('Base', sequence(), { substitutes: [keyOf('Base'), keyOf('Derived')] }),
      complexType('Abstract', sequence(), { abstract: true, substitutes: [keyOf('Derived')] }),
      complexType('Derived', sequence(), { attributes: [attribute('id', text)] }),
    ],
    good: [
      { a: null },
      { a: { '@nil': true } },
      { a: { '@nil': true, '@type': 'Derived', id: '1' }, b: { '@nil': true, '@type': 'Derived' } },
      { a: null, c: null },
      { a: null, c: { '@nil': true, '@anyAttribute': { x: '1' } } },
    ],
    bad: [
      { a: { '@nil': true, id: '1' } },
      { a: null, b: null },
      { a: null, b: { '@nil': true } },
      { a: null, b: { '@nil': true, '@type': 'Abstract' } },
    ],
  },
  {
    what: 'attributes beside elements, fixed ones with their value only',
    types: [
      complexType('T', sequence(element('a', text)), {
        attributes: [
          attribute('id', 'xs:int', { required: true }),
          attribute('version', text, { fixed: '2.0' }),
        ],
      }),
    ],
    good: [
      { a: '', id: 1 },
      { a: '', id: 1, version: '2.0' },
    ],
    bad: [{ a: '' }, { a: '', id: 1, version: '1.0' }],
  },
  {
    what: 'empty content',
    types: [complexType('T', { kind: 'empty' })],
    good: [{}],
    bad: ['', null, { a: 1 }],
  },
  {
    what: 'text with attributes as value',
    types: [
      complexType(
        'T',
        { kind: 'simple', type: keyOf('xs:decimal'), jsonName: 'value' },
        { attributes: [attribute('currency', text)] },
      ),
    ],
    good: [{ value: '1.00' }, { value: '1.00', currency: 'EUR' }],
    bad: [{ currency: 'EUR' }, '1.00', { value: 1 }],
  },
  {
    what: 'exactly one branch of a choice',
    types: [complexType('T', sequence(element('a', text), choice(iban, sequence(sortCode, number))))],
    good: [
      { a: '', iban: '' },
      { a: '', sortCode: '', number: '' },
    ],
    bad: [
      { a: '' },
      { a: '', iban: '', sortCode: '', number: '' },
      { a: '', iban: '', number: '' },
      { a: '', sortCode: '' },
    ],
  },
  {
    what: 'none or one branch of an optional choice',
    types: [complexType('T', group('choice', [iban, number], '?'))],
    good: [{}, { iban: '' }, { number: '' }],
    bad: [{ iban: '', number: '' }, { other: 1 }],
  },
  {
    what: 'branches that may be empty',
    types: [
      complexType(
        'T',
        choice(sequence(element('a', text, '?'), element('b', text, '?')), element('c', text)),
      ),
    ],
    good: [{}, { a: '' }, { a: '', b: '' }, { c: '' }],
    bad: [
      { a: '', c: '' },
      { b: '', c: '' },
    ],
  },
  {
    what: 'branches with names in common',
    types: [complexType('T', choice(sequence(iban, number), sequence(iban, sortCode), sortCode))],
    good: [{ iban: '', number: '' }, { iban: '', sortCode: '' }, { sortCode: '' }],
    bad: [{ iban: '' }, { number: '' }, { iban: '', number: '', sortCode: '' }],
  },
  {
    what: 'choices within choices, and several side by side',
    types: [
      complexType(
        'T',
        sequence(
          choice(
            choice(element('a', text), element('b', text)),
            sequence(element('c', text), group('choice', [element('d', text), element('e', text)])),
          ),
          choice(element('x', text), element('y', text)),
        ),
      ),
    ],
    good: [
      { a: '', x: '' },
      { b: '', y: '' },
      { c: '', d: '', x: '' },
    ],
    bad: [
      { a: '', b: '', x: '' },
      { c: '', x: '' },
      { a: '' },
      { c: '', d: '', e: '', x: '' },
      { a: '', x: '', y: '' },
    ],
  },
  {
    what: 'all or nothing of an optional group',
    types: [
      complexType(
        'T',
        sequence(
          element('z', text, '?'),
          group('sequence', [sortCode, number, element('name', text, '?')], '?'),
        ),
      ),
    ],
    good: [{}, { z: '' }, { sortCode: '', number: '' }, { sortCode: '', number: '', name: '' }],
    bad: [{ sortCode: '' }, { name: '' }, { name: '', number: '' }],
  },
  {
    what: 'all or nothing of an optional group with a choice',
    types: [complexType('T', group('sequence', [number, choice(iban, sortCode)], '?'))],
    good: [{}, { number: '', iban: '' }],
    bad: [{ number: '' }, { iban: '' }, { number: '', iban: '', sortCode: '' }],
  },
  {
    what: 'a repeating choice as an array of objects with one branch each',
    types: [complexType('T', group('choice', [element('a', text), element('b', text)], '*'))],
    good: [{}, { '@choice': [{ b: '' }, { a: '' }, { b: '' }] }],
    bad: [{ '@choice': [{ a: '', b: '' }] }, { '@choice': [{}] }, { '@choice': { a: '' } }, { a: '' }],
  },
  {
    what: 'a repeating sequence as an array of objects',
    types: [complexType('T', group('sequence', [element('key', text), element('value', text, '?')], '+'))],
    good: [{ '@sequence': [{ key: 'a', value: '1' }, { key: 'b' }] }],
    bad: [{}, { '@sequence': [] }, { '@sequence': [{ value: '1' }] }],
  },
  {
    what: 'ArrayOf wrappers as arrays',
    types: [
      complexType('T', sequence(element('names', 'ArrayOfString', '?', { nillable: true }))),
      complexType('ArrayOfString', sequence(element('string', text, '*')), { unwrapped: true }),
    ],
    good: [{}, { names: [] }, { names: ['a', 'b'] }, { names: null }],
    bad: [{ names: { string: ['a'] } }, { names: [1] }],
  },
  {
    what: 'wildcards, mixed content and other attributes as text',
    types: [
      complexType(
        'T',
        sequence(element('m', 'M'), {
          kind: 'any',
          jsonName: '@any',
          namespaces: { kind: 'any' },
          processContents: 'lax',
          min: 0,
          max: 'unbounded',
        }),
        { anyAttribute: { jsonName: '@anyAttribute', namespaces: { kind: 'any' }, processContents: 'lax' } },
      ),
      complexType('M', { kind: 'mixed', jsonName: '@mixed' }, { attributes: [attribute('lang', text)] }),
    ],
    good: [
      { m: { '@mixed': 'a <b/>', lang: 'en' }, '@any': ['<x/>'], '@anyAttribute': { '{urn:n}rank': '1' } },
      { m: { '@mixed': '' } },
    ],
    bad: [
      { m: {} },
      { m: 'a' },
      { m: { '@mixed': '' }, '@any': '<x/>' },
      { m: { '@mixed': '' }, '@anyAttribute': { a: 1 } },
    ],
  },
  {
    what: 'xs:anyType as XML, or as a value that names its type',
    types: [complexType('T', sequence(element('a', 'xs:anyType')))],
    good: [{ a: '5' }, { a: { '@mixed': '<x/>' } }, { a: { '@type': 'xs:int', value: 5 } }],
    bad: [{ a: 5 }, { a: {} }],
  },
  {
    what: 'xs:anySimpleType as text, or as a value that names its type',
    types: [complexType('T', sequence(element('a', 'xs:anySimpleType', '?', { nillable: true })))],
    good: [{ a: '5' }, { a: { '@type': 'xs:int', value: 5 } }, { a: null }, {}],
    bad: [{ a: 5 }, { a: {} }, { a: { '@type': 'xs:int' } }, { a: { '@type': 'xs:int', value: 5, b: 1 } }],
  },
  {
    what: 'recursive types',
    types: [complexType('T', sequence(element('name', text), element('child', 'T', '*')))],
    good: [{ name: 'a', child: [{ name: 'b', child: [] }] }],
    bad: [{ name: 'a', child: [{}] }],
  },
  {
    what: 'derived types by @type, which the declared type may omit',
    types: [
      complexType('T', sequence(element('a', text)), { substitutes: [keyOf('T'), keyOf('U'), keyOf('V')] }),
      complexType('U', sequence(element('a', text), element('b', text))),
      complexType('V', sequence(element('a', text)), { substitutes: [keyOf('V')] }),
    ],
    good: [{ a: '' }, { '@type': 'T', a: '' }, { '@type': 'U', a: '', b: '' }, { '@type': 'V', a: '' }],
    bad: [
      { a: '', b: '' },
      { '@type': 'U', a: '' },
      { '@type': 'W', a: '' },
      { '@type': 'V', a: '', b: '' },
    ],
  },
  {
    what: 'abstract types by @type only',
    types: [
      complexType('T', sequence(element('a', text)), { abstract: true, substitutes: [keyOf('U')] }),
      complexType('U', sequence(element('a', text), element('b', text, '?'))),
    ],
    good: [{ '@type': 'U', a: '' }],
    bad: [{ a: '' }, { '@type': 'T', a: '' }],
  },
  {
    what: 'a type both by itself, without @type, and in place of its base, with it',
    types: [
      complexType('T', sequence(element('base', 'Base'), element('derived', 'Derived'))),
      complexType('Base', sequence(element('a', text)), { substitutes: [keyOf('Base'), keyOf('Derived')] }),
      complexType('Derived', sequence(element('a', text))),
    ],
    good: [
      { base: { '@type': 'Derived', a: '' }, derived: { a: '' } },
      { base: { a: '' }, derived: { a: '' } },
    ],
    bad: [{ base: { a: '' }, derived: { '@type': 'Derived', a: '' } }],
  },
  {
    what: 'nothing in place of an abstract type without derived types',
    types: [
      complexType('T', sequence(element('a', 'A', '?'))),
      complexType('A', sequence(), { abstract: true, substitutes: [] }),
    ],
    good: [{}],
    bad: [{ a: {} }, { a: { '@type': 'A' } }],
  },
  {
    what: 'named simple types',
    types: [
      complexType('T', sequence(element('a', 'Currency', '*', { nillable: true }))),
      simpleType('Currency', 'string', { enumeration: ['EUR'] }),
    ],
    good: [{ a: ['EUR', null] }],
    bad: [{ a: ['USD'] }],
  },
];

describe('the JSON Schema of complex types', () => {
  for (const { what, types, good, bad } of examples) {
    it(`takes ${what}`, () => {
      const { input, output } = bothDirections('T', types);
      for (const value of good) {
        assert.deepEqual(input(value), [], `input ${JSON.stringify(value)}`);
        assert.deepEqual(output(value), [], `output ${JSON.stringify(value)}`);
      }
      for (const value of bad) {
        assert.notDeepEqual(input(value), [], `input ${JSON.stringify(value)}`);
        assert.notDeepEqual(output(value), [], `output ${JSON.stringify(value)}`);
      }
    });
  }
});
