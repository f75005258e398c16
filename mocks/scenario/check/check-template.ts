import type { JsonValue, ValueFault } from '../../../wsdl/index.ts';
import type { Template } from '../template/template.ts';
import { checkExpression, type Names } from './check-expression.ts';
import type { YamlNode } from '../source/yaml-node.ts';

/** Checks all expressions of a template. */
export function checkTemplate(template: Template, names: Names): void {
  switch (template.kind) {
    case 'constant':
      return;
    case 'value':
      checkExpression(template.expression, names);
      return;
    case 'text':
      for (const part of template.parts) if (typeof part !== 'string') checkExpression(part, names);
      return;
    case 'object':
      for (const member of template.members.values()) checkTemplate(member, names);
      return;
    case 'list':
      for (const entry of template.entries) checkTemplate(entry, names);
      return;
    case 'each': {
      const place = checkExpression(template.values, names);
      const entry = place.kind === 'list' ? place.entry : place;
      checkTemplate(template.give, { ...names, places: new Map([...names.places, [template.as, entry]]) });
    }
  }
}

/** A template before anything came: its constants, and where something unknown will stand. */
export interface Outline {
  readonly value: JsonValue;
  /** JSON Pointers. */
  readonly unknown: readonly string[];
}

export function outlineOf(template: Template, pointer = ''): Outline {
  switch (template.kind) {
    case 'constant':
      return { value: template.value, unknown: [] };
    case 'value':
    case 'text':
      return { value: '', unknown: [pointer] };
    case 'each': {
      const { value, unknown } = outlineOf(template.give, `${pointer}/0`);
      return { value: [value], unknown };
    }
    case 'list': {
      const entries = template.entries.map((entry, index) => outlineOf(entry, `${pointer}/${index}`));
      return { value: entries.map(({ value }) => value), unknown: entries.flatMap(({ unknown }) => unknown) };
    }
    case 'object': {
      const members = Array.from(
        template.members,
        ([name, member]) => [name, outlineOf(member, `${pointer}/${escape(name)}`)] as const,
      );
      return {
        value: Object.fromEntries(members.map(([name, { value }]) => [name, value])),
        unknown: members.flatMap(([, { unknown }]) => unknown),
      };
    }
  }
}

/** What one value decides about others beside it, such as `@type` or the branch of a choice. */
const DEPENDENT: ReadonlySet<string> = new Set([
  'choice',
  'abstract-type',
  'unknown-type',
  'required',
  'unknown-member',
]);

/** Whether the fault is certain, whatever the templates will give. */
export function isCertain({ pointer, code }: ValueFault, unknown: readonly string[]): boolean {
  return unknown.every((open) => {
    if (pointer === open || pointer.startsWith(`${open}/`)) return false;
    if (!DEPENDENT.has(code)) return true;
    const decides = code === 'choice' || open.endsWith('/@type');
    return !(decides && (parentOf(open) === pointer || parentOf(open) === parentOf(pointer)));
  });
}

/** The nearest place in the file to what a pointer names. */
export function nodeAt(template: Template, pointer: string): YamlNode {
  let current = template;
  for (const segment of pointer.split('/').slice(1)) {
    const name = segment.replaceAll('~1', '/').replaceAll('~0', '~');
    const next: Template | undefined =
      current.kind === 'object'
        ? current.members.get(name)
        : current.kind === 'list'
          ? current.entries[Number(name)]
          : current.kind === 'each'
            ? current.give
            : undefined;
    if (next === undefined) break;
    current = next;
  }
  return current.node;
}

function parentOf(pointer: string): string {
  return pointer.slice(0, Math.max(0, pointer.lastIndexOf('/')));
}

function escape(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
