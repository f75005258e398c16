import type { Content, GroupParticle, Particle } from '../contract.ts';
import { indistinctIn } from '../indistinct-elements.ts';
import type { ComplexTypeNode } from '../parse/schema-nodes.ts';
import type { LinkContext } from './link-context.ts';
import { undividedGroups } from './undivided-groups.ts';

/**
 * Tells where a content model leaves open what an element in XML is, and what it is taken for.
 *
 * @param added what an extension adds: its base has been looked at before.
 */
export function warnOfModel(
  { findings }: LinkContext,
  { source }: ComplexTypeNode,
  content: Content,
  added?: GroupParticle,
): void {
  if (content.kind !== 'elements') return;
  const isNew = (second: Particle): boolean =>
    added === undefined || added === second || added.particles.includes(second);
  for (const { first, second } of indistinctIn(content.model).filter((pair) => isNew(pair.second)))
    findings.warn(
      'XSD_INVALID',
      source,
      `"${second.name.local}" stands twice with nothing required between (XSD 1.0 Part 1, 3.8.6). An element counts as the first, "${first.jsonName}" in JSON, as long as that may take it.`,
    );
  for (const { min, max } of undividedGroups(added ?? content.model))
    findings.warn(
      'XSD_UNSUPPORTED',
      source,
      `A group must occur ${min}${max === min ? '' : ` to ${max}`} times, but one run of elements may be one occurrence or several. Each is kept short until there are enough; XML that fits only with longer ones is refused.`,
    );
}
