import { ANY_SIMPLE_TYPE, ANY_TYPE } from '../../builtin-types.ts';
import { isOpenSimpleType } from '../../open-simple-type.ts';
import { actualType } from './actual-type.ts';
import type { CompiledComplexType, CompiledType } from './contract-types.ts';
import type { DecodeContext } from './decode-context.ts';

/** The type to read an element by: the declared one, or the one that its xsi:type names. @throws DecodeError */
export function typeInPlace(
  context: DecodeContext,
  declared: CompiledType,
  xsiType: string | undefined,
): CompiledType {
  const isRedundant = xsiType === undefined || (context.encoded && !isChosen(declared));
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

/** Whether `@type` names the type, which stands in place of the declared one. */
export function saysType(declared: CompiledType, type: CompiledType): boolean {
  return type !== declared && (admitsAny(declared) || type.kind === 'complex');
}

/** Whether the value is an array, itself or as the `value` beside a `@type`. */
export function isArray(declared: CompiledType, type: CompiledComplexType): boolean {
  return type.definition.unwrapped && (type === declared || admitsAny(declared));
}

/** In SOAP encoding, of a simple value: any name says the type, but only these let it choose. */
function isChosen(declared: CompiledType): boolean {
  return declared.definition.key === ANY_TYPE || isOpenSimpleType(declared.definition);
}

function admitsAny({ definition: { key } }: CompiledType): boolean {
  return key === ANY_TYPE || key === ANY_SIMPLE_TYPE;
}
