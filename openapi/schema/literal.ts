import { typeOf, type Contract, type JsonValue, type QNameKey, type SimpleType } from '../../wsdl/index.ts';
import { shapeOfBuiltin } from '../scalar-shape.ts';

/** The JSON of a value that the contract gives in its lexical form: a default, a fixed value, one of an enumeration. */
export function toLiteral(contract: Contract, key: QNameKey, lexical: string): JsonValue {
  const type = typeOf(contract, key);
  const simple =
    type.kind === 'complex' && type.content.kind === 'simple' ? typeOf(contract, type.content.type) : type;
  return simple.kind === 'simple' ? toSimpleLiteral(contract, simple, lexical) : lexical;
}

export function toSimpleLiteral(contract: Contract, type: SimpleType, raw: string): JsonValue {
  const lexical = type.facets.whiteSpace === 'collapse' ? raw.trim() : raw;
  const { variety } = type;
  switch (variety.kind) {
    case 'atomic':
      return toAtomicLiteral(contract, variety.builtin, lexical);
    case 'list':
      return lexical
        .split(/\s+/)
        .filter(Boolean)
        .map((each) => toLiteral(contract, variety.itemType, each));
    case 'union': {
      const member = variety.memberTypes.find((candidate) => mayFit(contract, candidate, lexical));
      return member === undefined ? lexical : toLiteral(contract, member, lexical);
    }
  }
}

function toAtomicLiteral(contract: Contract, builtin: string, lexical: string): JsonValue {
  if (builtin === 'hexBinary') return Buffer.from(lexical, 'hex').toString('base64');
  if (builtin === 'base64Binary') return lexical.replace(/\s/g, '');
  const shape = shapeOfBuiltin(builtin, contract.numbers);
  if (shape === 'boolean') return lexical === 'true' || lexical === '1';
  return shape === 'number' && Number.isFinite(Number(lexical)) ? Number(lexical) : lexical;
}

function mayFit(contract: Contract, key: QNameKey, lexical: string): boolean {
  const type = typeOf(contract, key);
  if (type.kind !== 'simple') return false;
  if (type.facets.enumeration) return type.facets.enumeration.includes(lexical);
  if (type.variety.kind !== 'atomic') return true;
  const shape = shapeOfBuiltin(type.variety.builtin, 'number');
  if (shape === 'boolean') return /^(true|false|0|1)$/.test(lexical);
  return shape === 'string' || /^([+-]?[0-9.]+([eE][+-]?[0-9]+)?|-?INF|NaN)$/.test(lexical);
}
