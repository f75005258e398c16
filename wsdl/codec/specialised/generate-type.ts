import type { ComplexType, Contract } from '../../contract.ts';
import { onlyElement } from '../encode/unwrapped.ts';
import { compileSimpleType } from '../simple/compile-simple-type.ts';
import type { FunctionSource } from './decoder-source.ts';
import { generateAttributes } from './generate-attributes.ts';
import { generateElement, generateText } from './generate-element.ts';
import { generateItems, generateStruct, isStruct } from './generate-encoded.ts';
import { alwaysMembers, generateParticle, isNullable } from './generate-model.ts';
import { generateUnit } from './generate-unit.ts';
import type { GeneratedTypes } from './generated-types.ts';
import type { Generation } from './generation.ts';
import type { ComplexContent } from './tagged-element.ts';
import { jsonOfText, type TextRule } from './text-rule.ts';

/** The functions that read the content and the attributes of a type. @throws TooMuchSource */
export function generateType(
  types: GeneratedTypes,
  definition: ComplexType,
): Pick<ComplexContent, 'members' | 'attributesInPlace'> {
  return generateUnit(types, (generation) => {
    const members = generation.addFunction((into) => {
      generateMembers(generation, into, definition);
    });
    return `{ members: ${members}, attributesInPlace: ${generateAttributes(generation, definition)} }`;
  }) as Pick<ComplexContent, 'members' | 'attributesInPlace'>;
}

function generateMembers(generation: Generation, into: FunctionSource, definition: ComplexType): void {
  const { content } = definition;
  if (content.kind === 'simple') {
    into.put(`${JSON.stringify(content.jsonName)}:`);
    generateText(generation, into, content.type, contentRule(generation.contract, content));
  } else if (content.kind === 'elements') {
    if (definition.soapArray) generateItems(generation, into, onlyElement(definition));
    else if (definition.unwrapped) generateElement(generation, into, onlyElement(definition), false);
    else if (generation.encoded && isStruct(content.model)) generateStruct(generation, into, content.model);
    else generateParticle(generation, into, content.model);
  }
}

/** JSON text of the members of an element without content; undefined if that is not valid. */
export function emptyMembers(contract: Contract, { content, unwrapped }: ComplexType): string | undefined {
  if (content.kind === 'simple') {
    const json = jsonOfText(contentRule(contract, content), '', () => undefined);
    return json === undefined ? undefined : `${JSON.stringify(content.jsonName)}:${json}`;
  }
  if (content.kind !== 'elements') return '';
  if (!isNullable(content.model)) return undefined;
  return unwrapped ? '' : alwaysMembers(content.model).join('').slice(0, -1);
}

function contentRule(contract: Contract, content: ComplexType['content'] & { kind: 'simple' }): TextRule {
  const { fixed, default: absent = fixed } = content;
  return { codec: compileSimpleType(contract, content.type), default: absent, fixed };
}
