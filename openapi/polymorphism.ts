import type { ComplexType } from '../wsdl/index.ts';

/** Whether xsi:type, in JSON `@type`, may or must name another type. */
export function isPolymorphic(type: ComplexType): boolean {
  return type.abstract || type.substitutes.some((key) => key !== type.key);
}
