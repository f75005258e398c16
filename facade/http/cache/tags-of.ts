import type { RouteTag } from '../../../openapi/index.ts';
import type { JsonValue } from '../../../wsdl/index.ts';
import { memberAt } from '../../operations/member.ts';

/** The tags with the values of their members put in. A tag of which a member is missing, or no scalar, does not apply. */
export function tagsOf(tags: readonly RouteTag[], value: JsonValue): string[] {
  return tags.flatMap((parts) => {
    const texts = parts.map((part) => (typeof part === 'string' ? part : textOf(memberAt(value, part))));
    return texts.includes(undefined) ? [] : [texts.join('')];
  });
}

function textOf(value: JsonValue | undefined): string | undefined {
  if (value === undefined || value === null || typeof value === 'object') return undefined;
  return String(value);
}

const MEMBER = /\{([^{}]*)\}/;

/** `account:{data.accountId}`, of a value whose shape no contract tells. */
export function parseTag(tag: string): RouteTag {
  return tag
    .split(MEMBER)
    .map((part, index) => (index % 2 === 0 ? part : part.split('.')))
    .filter((part) => part !== '');
}
