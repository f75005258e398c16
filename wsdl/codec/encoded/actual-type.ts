import {
  ANY_TYPE,
  isSoapArrayType,
  SOAP12_ENCODING_NAMESPACE,
  SOAP_ENCODING_NAMESPACE,
} from '../../builtin-types.ts';
import { parseArrayType } from '../../array-type.ts';
import { isOpenSimpleType, mayStandFor } from '../../open-simple-type.ts';
import { XSD_NAMESPACE, qnameKey } from '../../qname.ts';
import type { QName, QNameKey } from '../../qname.ts';
import type { NamespaceScope } from '../../xml/namespaces.ts';
import type { CompiledSimpleType, CompiledType, ContractTypes } from '../decode/contract-types.ts';
import type { EncodedElement } from './body-tree.ts';
import { encodingAttribute, xsiType } from './encoding-attributes.ts';

/** The drafts of XML Schema that SOAP 1.1 grew up with. */
const OLD_XSD_NAMESPACES: ReadonlySet<string> = new Set([
  'http://www.w3.org/1999/XMLSchema',
  'http://www.w3.org/2000/10/XMLSchema',
]);

/** What an element is, and the name of that type if the decoder cannot know it from the declaration. */
export interface ActualType {
  readonly type: CompiledType;
  readonly name?: QName;
}

/**
 * The type of a value. Servers write the names of their own classes into xsi:type, so a name counts only where the contract lets
 * it choose: for a type derived from the declared one, and where anything may stand.
 *
 * @param fallback type that the array around gives its items.
 */
export function actualTypeOf(
  types: ContractTypes,
  declared: CompiledType,
  accessor: EncodedElement,
  target: EncodedElement,
  fallback: QName | undefined,
): ActualType {
  if (!letsChoose(declared)) return { type: declared };
  const name = typeName(types, accessor, target) ?? fallback;
  if (!name) return { type: declared };
  const key = qnameKey(name.namespace, name.local);
  if (declared.definition.key === ANY_TYPE) return anyOf(types, declared, name, key);
  if (declared.kind === 'simple') return openOf(types, declared, name, key);
  const isDerived = declared.definition.substitutes.includes(key);
  return isDerived && key !== declared.definition.key
    ? { type: types.compile(key), name }
    : { type: declared };
}

function letsChoose({ kind, definition }: CompiledType): boolean {
  if (definition.key === ANY_TYPE || isOpenSimpleType(definition)) return true;
  return kind === 'complex' && definition.substitutes.length > 0;
}

/** A name that is not known is kept all the same: the decoder says what is wrong with it. */
function anyOf(types: ContractTypes, declared: CompiledType, name: QName, key: QNameKey): ActualType {
  return key === ANY_TYPE ? { type: declared } : { type: types.find(key) ?? declared, name };
}

/** Of xs:anySimpleType or a union: a name that cannot stand there, as servers write it, says nothing. */
function openOf(types: ContractTypes, declared: CompiledSimpleType, name: QName, key: QNameKey): ActualType {
  const named = types.find(key);
  const isFit =
    named?.kind === 'simple' &&
    named !== declared &&
    mayStandFor(types.contract, declared.definition, named.definition);
  return isFit ? { type: named, name } : { type: declared };
}

/** By xsi:type of the value or of what refers to it; else an independent element is named after its type (SOAP 1.1, 5.1, rule 3). */
function typeName(types: ContractTypes, accessor: EncodedElement, target: EncodedElement): QName | undefined {
  for (const element of [target, accessor]) {
    const written = xsiType(element);
    if (written !== undefined) return resolveTypeName(written, element.scope);
  }
  if (encodingAttribute(target, 'arrayType') !== undefined) return SOAP_ARRAY;
  if (target === accessor) return undefined;
  const { namespace, local } = target.name;
  const name = currentName({ namespace, local });
  return isSoapArrayType(target.name.key) || types.find(qnameKey(name.namespace, local)) ? name : undefined;
}

const SOAP_ARRAY: QName = { namespace: SOAP_ENCODING_NAMESPACE, local: 'Array' };

/** @returns undefined for a prefix that is not declared. */
function resolveTypeName(written: string, scope: NamespaceScope): QName | undefined {
  const colon = written.indexOf(':');
  const namespace = scope.lookup(written.slice(0, Math.max(0, colon)));
  if (namespace === undefined) return undefined;
  return currentName({ namespace, local: written.slice(colon + 1) });
}

/** The name that the contract knows it by: SOAP 1.1 and XML Schema 1.0 have the same types as their kin. */
function currentName(name: QName): QName {
  if (name.namespace === SOAP12_ENCODING_NAMESPACE)
    return { namespace: SOAP_ENCODING_NAMESPACE, local: name.local };
  if (!OLD_XSD_NAMESPACES.has(name.namespace)) return name;
  const renamed: Readonly<Record<string, string>> = {
    'ur-type': 'anyType',
    timeInstant: 'dateTime',
    uriReference: 'anyURI',
    timeDuration: 'duration',
  };
  return { namespace: XSD_NAMESPACE, local: renamed[name.local] ?? name.local };
}

/** What an array says of its items, where it names one type for all (SOAP 1.1, 5.4.2; SOAP 1.2 Part 2, 3.1.6). */
export function itemTypeOf(array: EncodedElement): QName | undefined {
  const itemType = encodingAttribute(array, 'itemType');
  if (itemType !== undefined) return resolveTypeName(itemType.trim(), array.scope);
  const arrayType = encodingAttribute(array, 'arrayType');
  if (arrayType === undefined) return undefined;
  const { itemType: written, ranks } = parseArrayType(arrayType);
  return ranks.length > 1 ? SOAP_ARRAY : resolveTypeName(written, array.scope);
}
