import { ANY_TYPE, isSoapArrayType, typeOf } from '../../builtin-types.ts';
import type { ElementParticle, TypeDefinition } from '../../contract.ts';
import type { QName } from '../../qname.ts';
import type { EncoderTable } from '../encode/encoder-table.ts';
import { ENCODING_NAMESPACE } from '../encode/envelope.ts';
import { isPolymorphic } from '../encode/polymorphism.ts';

/**
 * xsi:type of an accessor (SOAP 1.1, 5.1), where its declaration decides it; '' in a literal message, for a type without
 * a name, and where the value itself chooses and so writes it: xs:anyType, and types with derived ones.
 */
export function accessorType(table: EncoderTable, element: ElementParticle): string {
  if (table.encoding === undefined || element.type === ANY_TYPE) return '';
  const type = typeOf(table.contract, element.type);
  const name = typeName(table, type);
  return name === undefined || isPolymorphic(type) ? '' : ` xsi:type="${table.prefixes.tagName(name)}"`;
}

/** What a type is called in a message: an array without a name of its own is that of the SOAP version. */
export function typeName({ encoding = '1.1' }: EncoderTable, type: TypeDefinition): QName | undefined {
  const isNameless = type.qname === undefined && type.kind === 'complex' && type.soapArray !== undefined;
  return isNameless || isSoapArrayType(type.key)
    ? { namespace: ENCODING_NAMESPACE[encoding], local: 'Array' }
    : type.qname;
}
