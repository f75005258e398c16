import { BUILTINS, LIST_FACETS, RESTRICTIONS, UNIONS } from './simple-recipes.ts';
import { nextName, reference, type Scope, type SimpleDraft } from './schema-writer.ts';

const EMPTY_LIST: SimpleDraft = { ref: 'xs:string', examples: ['a'], isAtomic: true };

/** A built-in type or one declared before. */
export function pickSimple(scope: Scope): SimpleDraft {
  const { choices, simple } = scope;
  if (simple.length > 0 && choices.chance(45)) return choices.pick(simple);
  const { base, examples } = choices.pick(BUILTINS);
  return { ref: base, examples: base === 'xs:QName' ? [] : examples, isAtomic: base !== 'xs:NMTOKENS' };
}

/** Declares a global simple type. */
export function declareSimple(scope: Scope): void {
  const { draft, simple } = scope;
  const name = nextName(draft, 'S');
  const { content, examples, isAtomic } = simpleContent(scope);
  draft.components.push(`<xs:simpleType name="${name}">${content}</xs:simpleType>`);
  simple.push({ ref: reference(draft, name), examples, isAtomic });
}

/** An anonymous simple type as the content of an element or attribute. */
export function anonymousSimple(scope: Scope): {
  readonly content: string;
  readonly examples: readonly string[];
} {
  const { content, examples } = simpleContent(scope);
  return { content: `<xs:simpleType>${content}</xs:simpleType>`, examples };
}

interface SimpleContent {
  readonly content: string;
  readonly examples: readonly string[];
  readonly isAtomic: boolean;
}

function simpleContent(scope: Scope): SimpleContent {
  const { choices } = scope;
  switch (choices.below(5)) {
    default:
      return restriction(scope);
    case 3:
      return list(scope);
    case 4:
      return union(scope);
  }
}

function restriction({ choices, simple }: Scope): SimpleContent {
  const bases = simple.filter(({ isAtomic }) => isAtomic);
  if (bases.length > 0 && choices.chance(25)) {
    const { ref, examples } = choices.pick(bases);
    return { content: `<xs:restriction base="${ref}"/>`, examples, isAtomic: true };
  }
  const { base, facets, examples } = choices.pick(RESTRICTIONS);
  return { content: `<xs:restriction base="${base}">${facets}</xs:restriction>`, examples, isAtomic: true };
}

function list(scope: Scope): SimpleContent {
  const { choices } = scope;
  const picked = pickSimple(scope);
  const item = picked.isAtomic ? picked : EMPTY_LIST;
  const { facets, count } = choices.pick(LIST_FACETS);
  const entry = item.examples.find((example) => example !== '' && !/\s/.test(example));
  const examples = entry === undefined ? [] : [Array.from({ length: count }, () => entry).join(' ')];
  if (facets === '') return { content: `<xs:list itemType="${item.ref}"/>`, examples, isAtomic: false };
  const base = `<xs:simpleType><xs:list itemType="${item.ref}"/></xs:simpleType>`;
  return { content: `<xs:restriction>${base}${facets}</xs:restriction>`, examples, isAtomic: false };
}

function union({ choices, simple }: Scope): SimpleContent {
  const { members, examples } = choices.pick(UNIONS);
  const more = simple.length > 0 && choices.chance(40) ? ` ${choices.pick(simple).ref}` : '';
  const inline = choices.chance(30)
    ? '<xs:simpleType><xs:restriction base="xs:string"><xs:enumeration value="n/a"/></xs:restriction></xs:simpleType>'
    : '';
  return {
    content: `<xs:union memberTypes="${members}${more}">${inline}</xs:union>`,
    examples,
    isAtomic: false,
  };
}
