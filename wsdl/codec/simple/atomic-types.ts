import type { Contract } from '../../contract.ts';
import type { AtomicType } from './atomic-type.ts';
import { base64Type, hexType } from './binary-type.ts';
import { booleanType, exactNumberType, floatType, smallIntegerType } from './number-type.ts';
import { textType } from './text-type.ts';
import { DATE_TIME_TYPES, dateTimeType, durationType } from './time-type.ts';

const SMALL_INTEGERS = ['int', 'short', 'byte', 'unsignedInt', 'unsignedShort', 'unsignedByte'];
const EXACT_NUMBERS = [
  'decimal',
  'integer',
  'nonPositiveInteger',
  'negativeInteger',
  'long',
  'nonNegativeInteger',
  'unsignedLong',
  'positiveInteger',
];
const TEXTS = [
  'anySimpleType',
  'string',
  'normalizedString',
  'token',
  'language',
  'NMTOKEN',
  'Name',
  'NCName',
  'ID',
  'IDREF',
  'ENTITY',
  'anyURI',
];

const TYPES: Readonly<Record<Contract['numbers'], ReadonlyMap<string, AtomicType>>> = {
  string: atomicTypes('string'),
  number: atomicTypes('number'),
};

/** @param builtin local name of a built-in atomic type, QName and NOTATION excepted. */
export function atomicType(builtin: string, numbers: Contract['numbers']): AtomicType {
  const type = TYPES[numbers].get(builtin);
  if (!type) throw new Error(`Internal: "${builtin}" is no built-in atomic type`);
  return type;
}

function atomicTypes(numbers: Contract['numbers']): ReadonlyMap<string, AtomicType> {
  const entries: [string, AtomicType][] = [
    ...TEXTS.map((name): [string, AtomicType] => [name, textType(name)]),
    ...SMALL_INTEGERS.map((name): [string, AtomicType] => [name, smallIntegerType]),
    ...EXACT_NUMBERS.map((name): [string, AtomicType] => [name, exactNumberType(name, numbers)]),
    ...DATE_TIME_TYPES.map((name): [string, AtomicType] => [name, dateTimeType(name)]),
    ['duration', durationType],
    ['boolean', booleanType],
    ['float', floatType],
    ['double', floatType],
    ['base64Binary', base64Type],
    ['hexBinary', hexType],
  ];
  return new Map(entries);
}
