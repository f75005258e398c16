import type { AttributeUse, ComplexType } from '../../contract.ts';
import { compileSimpleType } from '../simple/compile-simple-type.ts';
import { matchLiteral } from './byte-literal.ts';
import type { FunctionSource } from './decoder-source.ts';
import type { Generation } from './generation.ts';
import { readAttribute } from './read-attribute.ts';

/**
 * The function that reads the attributes of a start tag, from behind its name, where they stand as most senders write
 * them: declared ones only, in the order of the declarations, one space before each. It returns the position behind the
 * tag, or -1 where the tag is to be read by `readTagged`.
 *
 * @returns its name; undefined if the type has no attributes.
 */
export function generateAttributes(generation: Generation, { attributes }: ComplexType): string | undefined {
  if (attributes.length === 0) return undefined;
  return generation.addFunction((into) => {
    into.put('{');
    for (const attribute of attributes) generateAttribute(generation, into, attribute);
    into.line('if (b[p] !== 62) { s.depth--; return -1; } p++;');
  });
}

function generateAttribute(generation: Generation, into: FunctionSource, attribute: AttributeUse): void {
  const name = attributeName(generation, attribute);
  const missing = attribute.required ? 'else { s.depth--; return -1; }' : '';
  if (name === undefined || attribute.fixed !== undefined) return into.line(missing.replace('else ', ''));
  const opening = ` ${name}="`;
  into.line(`if (${matchLiteral(opening, 'p')}) { p += ${Buffer.byteLength(opening)};`);
  into.put(`${JSON.stringify(attribute.jsonName)}:`);
  const codec = into.decoder.constant(compileSimpleType(generation.contract, attribute.type));
  const read = `${into.decoder.constant(readAttribute)}(s, p, ${codec})`;
  const values = generation.attributeValues(attribute.type);
  into.line(values === undefined ? `p = ${read};` : `r = ${values}(s, p); p = r < 0 ? ${read} : r + 1;`);
  into.line(`if (p < 0) { s.depth--; return -1; } } ${missing}`);
}

/** Attributes have no default namespace (Namespaces in XML 1.0, 6.2). */
function attributeName({ bindings }: Generation, { name }: AttributeUse): string | undefined {
  if (name.namespace === '') return name.local;
  const prefix = bindings.prefixOf(name.namespace);
  return prefix === undefined || prefix === '' || bindings.bitOf(prefix) !== 0
    ? undefined
    : `${prefix}:${name.local}`;
}
