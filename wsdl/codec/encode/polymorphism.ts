import type { ComplexType, TypeDefinition } from '../../contract.ts';

/** Whether values may or must say with `@type` which type they are of. */
export function isPolymorphic(type: TypeDefinition): type is ComplexType {
  return type.kind === 'complex' && (type.abstract || type.substitutes.length > 1);
}
