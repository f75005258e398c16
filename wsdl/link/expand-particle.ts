import { ANY_TYPE } from '../builtin-types.ts';
import { XSD_NAMESPACE, qnameKey, type QNameKey } from '../qname.ts';
import type {
  ElementNode,
  ElementReferenceNode,
  GroupDefinitionNode,
  GroupNode,
  GroupReferenceNode,
  NameReference,
  OccursNode,
  ParticleNode,
} from '../parse/schema-nodes.ts';
import type { Draft, DraftElement, ElementFacts } from './draft.ts';
import type { LinkContext } from './link-context.ts';
import { linkNamespaces } from './namespace-constraint.ts';

/**
 * A particle as written -> the same with references followed: groups written out, elements with a substitution group
 * as a choice of its members.
 *
 * @param owner path that keys of anonymous types inside begin with.
 */
export function expandParticle(context: LinkContext, particle: ParticleNode, owner: string): Draft {
  return new Expansion(context).expand(particle, owner);
}

/** What a global or local declaration says of an element. @param owner path of what it stands in; `{ns}` for a global one. */
export function elementFacts(context: LinkContext, element: ElementNode, owner: string): ElementFacts {
  return {
    name: element.name,
    type: elementType(context, element, owner),
    nillable: element.nillable,
    ...(element.default !== undefined && { default: element.default }),
    ...(element.fixed !== undefined && { fixed: element.fixed }),
    ...(element.documentation !== undefined && { documentation: element.documentation }),
    ...(element.mediaTypes && { mediaTypes: element.mediaTypes }),
  };
}

export function globalElementFacts(context: LinkContext, element: ElementNode): ElementFacts {
  return elementFacts(context, element, `{${element.name.namespace}}`);
}

/** What takes the place of an element that is not declared, which is reported: the name, and content of any kind. */
export function unknownElementFacts({ name }: NameReference): ElementFacts {
  return { name, type: ANY_TYPE, nillable: true };
}

/** In place of a group that is not known, which is reported. */
const ANYTHING: Draft = {
  kind: 'any',
  min: 0,
  max: 'unbounded',
  namespaces: { kind: 'any' },
  processContents: 'skip',
};

class Expansion {
  readonly #context: LinkContext;
  readonly #open = new Set<GroupDefinitionNode>();

  constructor(context: LinkContext) {
    this.#context = context;
  }

  expand(particle: ParticleNode, owner: string): Draft {
    const { min, max } = particle;
    switch (particle.kind) {
      case 'element':
        this.#context.budget.spend(1, particle.source);
        return { kind: 'element', min, max, facts: elementFacts(this.#context, particle, owner) };
      case 'element-reference':
        return this.#elementReference(particle);
      case 'group-reference':
        return this.#groupReference(particle);
      case 'any':
        this.#context.budget.spend(1, undefined);
        return {
          kind: 'any',
          min,
          max,
          namespaces: linkNamespaces(particle.wildcard),
          processContents: particle.wildcard.processContents,
        };
      case 'sequence':
      case 'choice':
      case 'all':
        return this.#group(particle, particle, owner);
    }
  }

  #group(group: GroupNode, { min, max }: OccursNode, owner: string): Draft {
    this.#context.budget.spend(1, group.source);
    return {
      kind: group.kind,
      min,
      max,
      particles: group.particles.map((child) => this.expand(child, owner)),
    };
  }

  #groupReference(particle: GroupReferenceNode): Draft {
    const { findings, schemas } = this.#context;
    const group = schemas.find('group', particle.reference);
    if (group && this.#open.has(group)) {
      findings.tolerate(
        'XSD_CIRCULAR',
        particle.reference.source,
        `The group "${particle.reference.written}" contains itself. Remove the reference.`,
        'as any elements',
      );
    }
    if (group && !group.model) return NOTHING;
    if (!group?.model || this.#open.has(group)) return ANYTHING;
    this.#open.add(group);
    const expanded = this.#group(group.model, particle, `${keyOf(group)}:group`);
    this.#open.delete(group);
    return expanded;
  }

  #elementReference(particle: ElementReferenceNode): Draft {
    if (isSchemaElement(particle)) return { ...ANY_SCHEMA, min: particle.min, max: particle.max };
    const head = this.#context.schemas.find('element', particle.reference);
    if (!head) return this.#unknown(particle);
    const { min, max } = particle;
    const members = this.#context.substitutionGroups.membersOf(head);
    this.#context.budget.spend(1 + members.length, head.source);
    const [only, ...others] = (head.abstract ? members : [head, ...members]).map((member) =>
      this.#reference(member),
    );
    if (only && others.length > 0) return { kind: 'choice', min, max, particles: [only, ...others] };
    const { documentation } = particle;
    const element = only ?? this.#reference(head);
    return {
      ...element,
      min,
      max,
      facts: { ...element.facts, ...(documentation !== undefined && { documentation }) },
    };
  }

  #unknown({ reference, min, max }: ElementReferenceNode): DraftElement {
    return { kind: 'element', min, max, facts: unknownElementFacts(reference) };
  }

  #reference(element: ElementNode): DraftElement {
    return { kind: 'element', min: 1, max: 1, facts: globalElementFacts(this.#context, element) };
  }
}

/** A schema inside a message, as .NET DataSets have it: the schema of schemas is not compiled, so it is kept as raw XML. */
const ANY_SCHEMA = {
  kind: 'any',
  namespaces: { kind: 'in', uris: [XSD_NAMESPACE] },
  processContents: 'skip',
} as const;

function isSchemaElement({ reference }: ElementReferenceNode): boolean {
  return reference.name.namespace === XSD_NAMESPACE && reference.name.local === 'schema';
}

const NOTHING: Draft = { kind: 'sequence', min: 0, max: 0, particles: [] };

/** An element without a type has that of the head of its substitution group (XSD 1.0 Part 1, 3.3.2). */
function elementType(context: LinkContext, element: ElementNode, owner: string): QNameKey {
  const heads = new Set<ElementNode>();
  let declaring = element;
  while (!declaring.type && declaring.substitutionGroup && !heads.has(declaring)) {
    heads.add(declaring);
    const head = context.schemas.find('element', declaring.substitutionGroup);
    if (!head) return ANY_TYPE;
    declaring = head;
  }
  const from = declaring === element ? owner : `{${declaring.name.namespace}}`;
  return context.types.keyOf(declaring.type, {
    path: `${from}/${declaring.name.local}`,
    label: declaring.name.local,
  });
}

function keyOf({ name }: GroupDefinitionNode): string {
  return qnameKey(name.namespace, name.local);
}
