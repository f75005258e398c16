import { XSI_NAMESPACE } from '../../qname.ts';
import type { Attributes } from '../../xml/attributes.ts';
import type { DecodeContext } from './decode-context.ts';
import type { ElementSlot } from './element-slot.ts';

/** Attributes that any element may have (XSD 1.0 Part 1, 2.6). */
export interface XsiAttributes {
  /** Undefined where it is missing. */
  nil: string | undefined;
  type: string | undefined;
  /** Whether there are others than those of the xsi namespace and those that SOAP allows anywhere. */
  hasOthers: boolean;
  /** Local name of one that XSD does not define. */
  unknown: string | undefined;
}

const NONE: Readonly<XsiAttributes> = {
  nil: undefined,
  type: undefined,
  hasOthers: false,
  unknown: undefined,
};

const IGNORED: ReadonlySet<string> = new Set(['schemaLocation', 'noNamespaceSchemaLocation']);

export function readXsiAttributes(
  attributes: Attributes,
  context: Pick<DecodeContext, 'isIgnored'>,
): Readonly<XsiAttributes> {
  if (attributes.count === 0) return NONE;
  const xsi: XsiAttributes = { ...NONE };
  for (let i = 0; i < attributes.count; i++) {
    const { namespace, local } = attributes.names[i]!;
    if (namespace !== XSI_NAMESPACE) xsi.hasOthers ||= !context.isIgnored(namespace, local);
    else if (local === 'nil') xsi.nil = attributes.values[i]!;
    else if (local === 'type') xsi.type = attributes.values[i]!;
    else if (!IGNORED.has(local)) xsi.unknown = local;
  }
  return xsi;
}

/** @throws DecodeError if the element may not be nil, or does not say clearly whether it is. */
export function isNil(
  context: DecodeContext,
  slot: ElementSlot,
  { nil }: Readonly<Pick<XsiAttributes, 'nil'>>,
): boolean {
  if (nil === undefined) return false;
  const value = nil.trim();
  if (value === 'false' || value === '0') return false;
  if (value !== 'true' && value !== '1') context.fail('invalid-value', 'xsi:nil must be true or false');
  if (!slot.nillable) context.fail('invalid-value', 'is nil (xsi:nil), but the contract does not allow that');
  return true;
}
