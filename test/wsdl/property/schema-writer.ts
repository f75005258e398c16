import type { Choices } from './choices.ts';

/** A schema document under construction, with what others may refer to. */
export interface SchemaDraft {
  readonly prefix: string;
  /** '' for no namespace. */
  readonly uri: string;
  readonly location: string;
  readonly form: string;
  /** Declarations, in order. */
  readonly components: string[];
  /** Names given so far, so that none is given twice. */
  names: number;
}

export interface SimpleDraft {
  /** As a reference to it is written, e.g. `n1:S2`. */
  readonly ref: string;
  /** Lexical forms that it allows, escaped for an attribute of the schema; none where they are not known. */
  readonly examples: readonly string[];
  readonly isAtomic: boolean;
}

/** A particle of a content model, in the pieces that a restriction may vary. */
export interface ParticleDraft {
  /** The tag with its attributes, occurrence excepted: `xs:element name="A" type="xs:int"`. */
  readonly head: string;
  readonly content: string;
  readonly min: number;
  readonly max: number | 'unbounded';
}

export interface AttributeDraft {
  /** Attributes of the tag, `use` excepted. */
  readonly head: string;
  readonly content: string;
  readonly use: 'optional' | 'required' | 'prohibited';
}

export interface ComplexDraft {
  readonly ref: string;
  readonly isAbstract: boolean;
  readonly isMixed: boolean;
  readonly content: 'elements' | 'all' | 'simple';
  /** What a restriction repeats; undefined for types that are themselves derived. */
  readonly model?: { readonly tag: string; readonly particles: readonly ParticleDraft[] };
  readonly attributes: readonly AttributeDraft[];
  /** Local names of elements, and of attributes behind an `@`, those of base types too. */
  readonly used: ReadonlySet<string>;
  /** A wildcard comes last, so nothing may be added behind it. */
  readonly isClosed: boolean;
}

export interface ElementDraft {
  readonly ref: string;
  /** Reference to its type, where that has a name. */
  readonly type: string;
  readonly isAbstract: boolean;
}

/** Everything that may be referred to from where the building has got to. */
export interface Scope {
  readonly choices: Choices;
  readonly draft: SchemaDraft;
  readonly simple: SimpleDraft[];
  readonly complex: ComplexDraft[];
  readonly elements: ElementDraft[];
  /** Groups by their names, with the local names that they use. */
  readonly groups: { readonly ref: string; readonly used: ReadonlySet<string> }[];
  readonly attributes: string[];
  /** Elements still to be declared: schemas stay small. */
  budget: { left: number };
}

export function reference({ prefix, uri }: SchemaDraft, name: string): string {
  return uri === '' ? name : `${prefix}:${name}`;
}

export function nextName(draft: SchemaDraft, letter: string): string {
  draft.names += 1;
  return `${letter}${draft.names}`;
}

export function particleText({ head, content, min, max }: ParticleDraft): string {
  const occurrence = `${min === 1 ? '' : ` minOccurs="${min}"`}${max === 1 ? '' : ` maxOccurs="${max}"`}`;
  const [tag = ''] = head.split(' ');
  return `<${head}${occurrence}>${content}</${tag}>`;
}
