import type { AttributeWildcard, Contract, NamespaceConstraint, WildcardParticle } from '../../contract.ts';
import { allowsNamespace } from '../../namespace-constraint.ts';
import { XSD_NAMESPACE, XSI_NAMESPACE, type QName } from '../../qname.ts';
import type { Attributes } from '../../xml/attributes.ts';
import type { ExpandedName } from '../../xml/names.ts';
import { shownName } from '../../xml/xml-error.ts';
import { actualType } from './actual-type.ts';
import type { DecodeContext } from './decode-context.ts';
import type { ElementSlot } from './element-slot.ts';

/** A .NET DataSet travels as a schema and a diffgram in a strict wildcard, and no contract declares either. */
const NEVER_DECLARED: ReadonlySet<string> = new Set([
  XSD_NAMESPACE,
  'urn:schemas-microsoft-com:xml-diffgram-v1',
]);

/**
 * What the element that a wildcard takes is to be checked against (XSD 1.0 Part 1, 3.10.4): its declaration, any type
 * where only xsi:type or nothing says more.
 *
 * @returns undefined if it is not checked. @throws DecodeError if it should be declared and is not.
 */
export function allowedElement(
  context: DecodeContext,
  name: ExpandedName,
  attributes: Attributes,
  { processContents, namespaces }: WildcardParticle,
): ElementSlot | undefined {
  if (processContents === 'skip') return undefined;
  const { types } = context;
  const declared = types.globalElement(name.key);
  if (declared?.isAbstract)
    return context.fail(
      'unexpected-element',
      `<${shownName(name.local)}> is abstract: an element of its substitution group must stand in its place`,
    );
  if (declared !== undefined) return declared;
  const xsiType = xsiTypeOf(attributes);
  const isTyped =
    xsiType !== undefined &&
    actualType(types, types.anyElement.type, xsiType, context.xml.scope) !== undefined;
  if (isTyped || (processContents === 'lax' && xsiType === undefined)) return types.anyElement;
  if (processContents === 'lax' || isExcused(types.contract, 'elements', name, namespaces)) return undefined;
  const { namespace, local } = name;
  const where = namespace === '' ? 'no namespace' : `namespace "${shownName(namespace)}"`;
  return context.fail('unexpected-element', `the contract declares no <${shownName(local)}> in ${where}`);
}

/** @throws DecodeError if the contract does not allow the value at the attribute wildcard. */
export function checkAllowedAttribute(
  context: DecodeContext,
  name: ExpandedName,
  value: string,
  { processContents, namespaces }: AttributeWildcard,
): void {
  if (processContents === 'skip' || context.encoded) return;
  const { types } = context;
  const declared = types.globalAttribute(name.key);
  const about = `the attribute "${shownName(name.local)}"`;
  if (declared !== undefined) {
    const { codec, use } = declared;
    context.translate(codec, value, `${about} `);
    if (use.fixed !== undefined && codec.canonical(value) !== codec.canonical(use.fixed))
      context.fail('invalid-value', `${about} must have its fixed value`);
  } else if (processContents === 'strict' && !isExcused(types.contract, 'attributes', name, namespaces))
    context.fail('unexpected-attribute', `${about} is not declared in the contract`);
}

/** A strict wildcard that nothing in the contract fits cannot be meant so: the schema it speaks of is elsewhere. */
function isExcused(
  contract: Contract,
  kind: 'elements' | 'attributes',
  { namespace }: ExpandedName,
  namespaces: NamespaceConstraint,
): boolean {
  if (contract.lenient || NEVER_DECLARED.has(namespace)) return true;
  const declared: readonly { readonly name: QName }[] = Object.values(contract[kind]);
  return !declared.some(({ name }) => allowsNamespace(namespaces, name.namespace));
}

function xsiTypeOf({ count, names, values }: Attributes): string | undefined {
  for (let i = 0; i < count; i++) {
    const { namespace, local } = names[i]!;
    if (local === 'type' && namespace === XSI_NAMESPACE) return values[i];
  }
  return undefined;
}
