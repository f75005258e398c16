import { XSD_NAMESPACE, parseQNameKey, type Contract, type QNameKey, type SimpleType, type TypeDefinition } from '../wsdl/index.ts';

/** xs:anyType: any content at all (XSD 1.0 Part 1, 3.4.7). */
export const ANY_TYPE: QNameKey = `{${XSD_NAMESPACE}}anyType`;

const BUILTIN_LISTS: Readonly<Record<string, string>> = { NMTOKENS: 'NMTOKEN', IDREFS: 'IDREF', ENTITIES: 'ENTITY' };

/** The definition behind a key; built-in types, which a Contract does not list, included. Not for `ANY_TYPE`. */
export function typeOf(contract: Contract, key: QNameKey): TypeDefinition {
  const type = contract.types[key];
  if (type) return type;
  const { namespace, local } = parseQNameKey(key);
  if (namespace !== XSD_NAMESPACE) throw new Error(`The contract "${contract.name}" has no type ${key}`);
  return builtinType(key, local);
}

function builtinType(key: QNameKey, local: string): SimpleType {
  const item = BUILTIN_LISTS[local];
  const keepsSpace = local === 'string' || local === 'anySimpleType';
  return {
    kind: 'simple',
    key,
    name: local,
    qname: { namespace: XSD_NAMESPACE, local },
    variety: item ? { kind: 'list', itemType: `{${XSD_NAMESPACE}}${item}` } : { kind: 'atomic', builtin: local },
    facets: { whiteSpace: keepsSpace ? 'preserve' : local === 'normalizedString' ? 'replace' : 'collapse', ...(item && { minLength: 1 }) },
  };
}

export function isBuiltin(key: QNameKey): boolean {
  return parseQNameKey(key).namespace === XSD_NAMESPACE;
}
