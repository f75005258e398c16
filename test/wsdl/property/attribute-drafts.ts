import { anonymousSimple, pickSimple } from './simple-drafts.ts';
import type { AttributeDraft, Scope } from './schema-writer.ts';

const NAMES = ['id', 'kind', 'Currency', 'lang', 'value', 'Id', 'A', 'type'] as const;

/** Attributes, none of which is `used` already; their names are added to it. */
export function drawAttributes(scope: Scope, used: Set<string>): AttributeDraft[] {
  const { choices } = scope;
  const count = choices.chance(45) ? 1 + choices.below(3) : 0;
  const drafts: AttributeDraft[] = [];
  for (let i = 0; i < count; i++) {
    const isReference = scope.attributes.length > 0 && choices.chance(20);
    const name = isReference ? choices.pick(scope.attributes) : choices.pick(NAMES);
    if (used.has(`@${name}`)) continue;
    used.add(`@${name}`);
    drafts.push(isReference ? { head: `ref="${name}"`, content: '', use: 'optional' } : local(scope, name));
  }
  return drafts;
}

function local(scope: Scope, name: string): AttributeDraft {
  const { choices } = scope;
  const form = choices.pick(['', '', ' form="qualified"', ' form="unqualified"']);
  const use = choices.chance(30) ? 'required' : 'optional';
  const { type, content, examples } = attributeType(scope);
  const value = examples.length > 0 && choices.chance(25) ? choices.pick(examples) : undefined;
  const kind = use === 'required' || choices.chance(40) ? 'fixed' : 'default';
  const constraint = value === undefined ? '' : ` ${kind}="${value}"`;
  return { head: `name="${name}"${type}${form}${constraint}`, content, use };
}

/** Declares a global attribute. */
export function declareAttribute(scope: Scope, name: string): void {
  const { type, content } = attributeType(scope);
  scope.draft.components.push(`<xs:attribute name="${name}"${type}>${content}</xs:attribute>`);
  scope.attributes.push(scope.draft.uri === '' ? name : `${scope.draft.prefix}:${name}`);
}

function attributeType(scope: Scope): {
  readonly type: string;
  readonly content: string;
  readonly examples: readonly string[];
} {
  if (scope.choices.chance(15)) return { type: '', ...anonymousSimple(scope) };
  const { ref, examples } = pickSimple(scope);
  return { type: ` type="${ref}"`, content: '', examples };
}

export function attributesText(attributes: readonly AttributeDraft[]): string {
  return attributes
    .map(({ head, content, use }) => `<xs:attribute ${head} use="${use}">${content}</xs:attribute>`)
    .join('');
}

/** `xs:anyAttribute` in some cases. */
export function drawAnyAttribute({ choices }: Scope): string {
  if (!choices.chance(12)) return '';
  const namespace = choices.pick(['##other', '##any', 'urn:ext', '##local']);
  return `<xs:anyAttribute namespace="${namespace}" processContents="${choices.pick(['lax', 'skip'])}"/>`;
}
