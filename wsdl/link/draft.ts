import type { MaxOccurs, NamespaceConstraint } from '../contract.ts';
import type { QName, QNameKey } from '../qname.ts';

/** Particles with all references followed, JSON names not yet given. */
export type Draft = DraftElement | DraftGroup | DraftWildcard;

interface Occurs {
  readonly min: number;
  readonly max: MaxOccurs;
}

export interface DraftElement extends Occurs {
  readonly kind: 'element';
  readonly facts: ElementFacts;
}

/** What an element particle says but for its place. */
export interface ElementFacts {
  readonly name: QName;
  readonly type: QNameKey;
  readonly nillable: boolean;
  readonly default?: string;
  readonly fixed?: string;
  readonly documentation?: string;
  readonly mediaTypes?: readonly string[];
}

export interface DraftGroup extends Occurs {
  readonly kind: 'sequence' | 'choice' | 'all';
  readonly particles: readonly Draft[];
}

export interface DraftWildcard extends Occurs {
  readonly kind: 'any';
  readonly namespaces: NamespaceConstraint;
  readonly processContents: 'strict' | 'lax' | 'skip';
}
