import type { AttributeUse, ComplexType } from '../../contract.ts';
import { compileSimpleType } from '../simple/compile-simple-type.ts';
import { matchLiteral } from './byte-literal.ts';
import type { FunctionSource } from './decoder-source.ts';
import type { Generation } from './generation.ts';
import { readAttribute } from './read-attribute.ts';

/** Attributes that a bit set has room for. */
const MOST_ATTRIBUTES = 30;

/** Statement: the tag is to be read by `readTagged`. */
const LEAVE = '{ s.depth--; return -1; }';

/**
 * The function that reads the attributes of a start tag, from behind its name, where they stand as most senders write
 * them: declared ones only, one space before each. It returns the position behind the tag, or -1 where the tag is to be
 * read by `readTagged`.
 *
 * @returns its name.
 */
export function generateAttributes(generation: Generation, { attributes }: ComplexType): string {
  return generation.addFunction((into) => {
    const read = attributes.length > MOST_ATTRIBUTES ? [] : attributes;
    const required = attributes.reduce((bits, use, index) => (use.required ? bits | (1 << index) : bits), 0);
    if (read.length > 0) {
      into.line('let u = 0; while (b[p] === 32) { const at = p;');
      for (const [index, attribute] of read.entries())
        generateAttribute(generation, into, attribute, 1 << index);
      into.line('if (p === at) break; }');
    }
    if (read.length > 0 && required !== 0) into.line(`if ((u & ${required}) !== ${required}) ${LEAVE}`);
    else if (required !== 0) into.line(LEAVE);
    into.line(`if (b[p] !== 62) ${LEAVE} p++;`);
  });
}

function generateAttribute(
  generation: Generation,
  into: FunctionSource,
  attribute: AttributeUse,
  bit: number,
): void {
  const name = attributeName(generation, attribute);
  if (name === undefined || attribute.fixed !== undefined) return;
  const opening = ` ${name}="`;
  into.line(`if (${matchLiteral(opening, 'p')}) { if ((u & ${bit}) !== 0) ${LEAVE}`);
  into.line(`u |= ${bit}; p += ${Buffer.byteLength(opening)};`);
  into.put(`${JSON.stringify(attribute.jsonName)}:`);
  const codec = into.decoder.constant(compileSimpleType(generation.contract, attribute.type));
  const read = `${into.decoder.constant(readAttribute)}(s, p, ${codec})`;
  const copy = generation.copyOf(attribute.type, '"');
  into.line(copy === undefined ? `p = ${read};` : `r = ${copy}; p = r < 0 ? ${read} : r + 1;`);
  into.line(`if (p < 0) ${LEAVE} }`);
}

/** Attributes have no default namespace (Namespaces in XML 1.0, 6.2). */
function attributeName({ bindings }: Generation, { name }: AttributeUse): string | undefined {
  if (name.namespace === '') return name.local;
  const prefix = bindings.prefixOf(name.namespace);
  return prefix === undefined || prefix === '' || bindings.bitOf(prefix) !== 0
    ? undefined
    : `${prefix}:${name.local}`;
}
