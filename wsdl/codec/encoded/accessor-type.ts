import { ANY_TYPE, typeOf } from '../../builtin-types.ts';
import type { ElementParticle } from '../../contract.ts';
import type { EncoderTable } from '../encode/encoder-table.ts';
import { ENCODING_NAMESPACE } from '../encode/envelope.ts';
import { isPolymorphic } from '../encode/polymorphism.ts';

/**
 * xsi:type of an accessor (SOAP 1.1, 5.1), where its declaration decides it; '' in a literal message, for a type without
 * a name, and where the value itself chooses and so writes it: xs:anyType, and types with derived ones.
 */
export function accessorType(table: EncoderTable, element: ElementParticle): string {
  const { encoding } = table;
  if (encoding === undefined || element.type === ANY_TYPE) return '';
  const type = typeOf(table.contract, element.type);
  const isArray = type.kind === 'complex' && type.soapArray !== undefined;
  if (isPolymorphic(type)) return '';
  const name =
    type.qname ?? (isArray ? { namespace: ENCODING_NAMESPACE[encoding], local: 'Array' } : undefined);
  return name ? ` xsi:type="${table.prefixes.tagName(name)}"` : '';
}
