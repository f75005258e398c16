import type { ComplexType } from '../contract.ts';
import { qnameKey } from '../qname.ts';
import { membersOf } from './members.ts';
import { NameScope } from './name-scope.ts';

/** Names for what a type adds to its base: all names of the base are taken. */
export function extendingScope(base: ComplexType): NameScope {
  return new NameScope(namesOf(base));
}

/** Names for what a restriction says anew: what the base has named keeps its name. */
export function restrictingScope(base: ComplexType): NameScope {
  const inherited = new Map<string, string[]>();
  const add = (key: string, name: string): void => {
    inherited.set(key, [...new Set([...(inherited.get(key) ?? []), name])]);
  };
  if (base.content.kind === 'elements') {
    for (const member of membersOf(base.content.model)) {
      if (member.kind === 'element') add(qnameKey(member.name.namespace, member.name.local), member.jsonName);
      else add(`@${member.kind}`, member.jsonName);
    }
  }
  for (const { name, jsonName } of base.attributes) add(`@${qnameKey(name.namespace, name.local)}`, jsonName);
  return new NameScope(namesOf(base), inherited);
}

function* namesOf({ content, attributes }: ComplexType): Generator<string> {
  if (content.kind === 'elements') for (const member of membersOf(content.model)) yield member.jsonName;
  if (content.kind === 'simple' || content.kind === 'mixed') yield content.jsonName;
  for (const { jsonName } of attributes) yield jsonName;
}
