import { ANY_TYPE, typeOf, type Contract, type QNameKey, type SimpleType } from '../wsdl/index.ts';

export type ScalarShape = 'string' | 'number' | 'boolean';

const JSON_NUMBERS: ReadonlySet<string> = new Set([
  'int',
  'short',
  'byte',
  'unsignedInt',
  'unsignedShort',
  'unsignedByte',
  'float',
  'double',
]);

/** 64-bit and unbounded: JSON strings unless the contract says `numbers: number`. */
const EXACT_NUMBERS: ReadonlySet<string> = new Set([
  'decimal',
  'integer',
  'nonNegativeInteger',
  'positiveInteger',
  'nonPositiveInteger',
  'negativeInteger',
  'long',
  'unsignedLong',
]);

/** Of the numbers above, those that may have a fraction. */
const FRACTIONS: ReadonlySet<string> = new Set(['float', 'double', 'decimal']);

export function isExactNumber(builtin: string): boolean {
  return EXACT_NUMBERS.has(builtin);
}

/** The JSON type that values of an atomic built-in have. */
export function shapeOfBuiltin(builtin: string, numbers: Contract['numbers']): ScalarShape {
  if (builtin === 'boolean') return 'boolean';
  if (JSON_NUMBERS.has(builtin) || (EXACT_NUMBERS.has(builtin) && numbers === 'number')) return 'number';
  return 'string';
}

export type ValueShape =
  { readonly kind: 'scalar' | 'array'; readonly of: ScalarShape } | { readonly kind: 'other' };

/** Whether values of a type are one JSON scalar, an array of such (xs:list), or more than that. */
export function valueShapeOf(contract: Contract, key: QNameKey): ValueShape {
  if (key === ANY_TYPE) return { kind: 'other' };
  const type = typeOf(contract, key);
  return type.kind === 'simple' ? shapeOfSimpleType(contract, type) : { kind: 'other' };
}

function shapeOfSimpleType(contract: Contract, { variety }: SimpleType): ValueShape {
  switch (variety.kind) {
    case 'atomic':
      return { kind: 'scalar', of: shapeOfBuiltin(variety.builtin, contract.numbers) };
    case 'list': {
      const items = valueShapeOf(contract, variety.itemType);
      return items.kind === 'scalar' ? { kind: 'array', of: items.of } : { kind: 'other' };
    }
    case 'union': {
      const [first, ...others] = variety.memberTypes.map((member) => valueShapeOf(contract, member));
      if (first?.kind !== 'scalar') return { kind: 'other' };
      return others.every((other) => other.kind === 'scalar' && other.of === first.of)
        ? first
        : { kind: 'other' };
    }
  }
}

/** Of a type whose JSON is a number: whether each is a whole one, so that XML has only digits for it. */
export function isIntegral(contract: Contract, key: QNameKey): boolean {
  if (key === ANY_TYPE) return false;
  const type = typeOf(contract, key);
  if (type.kind !== 'simple') return false;
  switch (type.variety.kind) {
    case 'atomic':
      return !FRACTIONS.has(type.variety.builtin);
    case 'list':
      return isIntegral(contract, type.variety.itemType);
    case 'union':
      return type.variety.memberTypes.every((member) => isIntegral(contract, member));
  }
}
