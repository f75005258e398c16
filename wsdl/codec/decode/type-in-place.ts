import { ANY_TYPE } from '../../builtin-types.ts';
import { actualType } from './actual-type.ts';
import type { CompiledType } from './contract-types.ts';
import type { DecodeContext } from './decode-context.ts';

/** The type to read an element by: the declared one, or the one that its xsi:type names. @throws DecodeError */
export function typeInPlace(
  context: DecodeContext,
  declared: CompiledType,
  xsiType: string | undefined,
): CompiledType {
  const isRedundant = xsiType === undefined || (context.encoded && declared.definition.key !== ANY_TYPE);
  const type = isRedundant ? declared : namedType(context, declared, xsiType);
  if (type.kind === 'complex' && type.definition.abstract) {
    const message = `the type "${type.definition.name}" is abstract: xsi:type must name one derived from it`;
    return context.fail('unknown-type', message);
  }
  return type;
}

function namedType(context: DecodeContext, declared: CompiledType, xsiType: string): CompiledType {
  const actual = actualType(context.types, declared, xsiType, context.xml.scope);
  if (actual !== undefined) return actual;
  const expected = `"${declared.definition.name}" or a type that the contract allows in its place`;
  return context.fail('unknown-type', `xsi:type must name ${expected}`);
}
