import { qnameKey, type QName, type QNameKey } from '../qname.ts';
import type { Findings } from '../parse/findings.ts';
import type { ElementNode } from '../parse/schema-nodes.ts';
import type { SchemaSet } from './schema-set.ts';

/** Which global elements may stand in place of another (XSD 1.0 Part 1, 3.3.6). */
export class SubstitutionGroups {
  readonly #direct = new Map<QNameKey, ElementNode[]>();
  readonly #members = new Map<QNameKey, readonly ElementNode[]>();

  constructor(schemas: SchemaSet, findings: Findings) {
    for (const element of schemas.all('element')) {
      if (!element.substitutionGroup) continue;
      const head = keyOf(element.substitutionGroup.name);
      const members = this.#direct.get(head);
      if (members) members.push(element);
      else this.#direct.set(head, [element]);
    }
    for (const element of inCircles(schemas))
      findings.tolerate(
        'XSD_CIRCULAR',
        element.source,
        `The element "${element.name.local}" stands in place of itself. Correct its substitutionGroup.`,
        'as a member of the groups of the others',
      );
  }

  /** The members of all levels that are not abstract; none if the head blocks substitution. */
  membersOf(head: ElementNode): readonly ElementNode[] {
    const key = keyOf(head.name);
    const known = this.#members.get(key);
    if (known) return known;
    const isBlocked = head.block.includes('substitution') || head.block.includes('#all');
    const members = isBlocked ? [] : this.#collect(key).filter((element) => !element.abstract);
    this.#members.set(key, members);
    return members;
  }

  #collect(head: QNameKey): ElementNode[] {
    const found = new Map<QNameKey, ElementNode>();
    const heads = [head];
    for (const key of heads) {
      for (const member of this.#direct.get(key) ?? []) {
        const memberKey = keyOf(member.name);
        if (found.has(memberKey) || memberKey === head) continue;
        found.set(memberKey, member);
        heads.push(memberKey);
      }
    }
    return [...found.values()];
  }
}

/** Elements whose heads lead back to them (XSD 1.0 Part 1, 3.3.6, element declaration properties correct, 6). */
function inCircles(schemas: SchemaSet): ElementNode[] {
  const done = new Set<ElementNode>();
  return [...schemas.all('element')].flatMap((element) => {
    const walked: ElementNode[] = [];
    const here = new Set<ElementNode>();
    let head: ElementNode | undefined = element;
    for (; head && !here.has(head) && !done.has(head); head = headOf(head, schemas)) {
      walked.push(head);
      here.add(head);
    }
    for (const each of walked) done.add(each);
    return head && here.has(head) ? walked.slice(walked.indexOf(head)) : [];
  });
}

function headOf({ substitutionGroup }: ElementNode, schemas: SchemaSet): ElementNode | undefined {
  return substitutionGroup && schemas.get('element', substitutionGroup.name);
}

function keyOf({ namespace, local }: QName): QNameKey {
  return qnameKey(namespace, local);
}
