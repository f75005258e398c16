import type { Facets } from '../../contract.ts';
import { compileEnumeration, firstFault, type FacetCheck } from './facets.ts';
import { compilePatterns } from './pattern-facet.ts';
import { SimpleFault, type SimpleCodec } from './simple-codec.ts';
import { normaliseWhiteSpace } from './white-space.ts';

/** xs:union: the first member type that fits reads and writes the value (XSD 1.0 Part 2, 2.5.1.3). */
export function unionCodec(facets: Facets, members: readonly SimpleCodec[]): SimpleCodec {
  const checks: FacetCheck[] = [...compileEnumeration(facets, (text) => text), ...compilePatterns(facets)];
  return {
    whiteSpace: members.every((member) => member.whiteSpace === 'collapse') ? 'collapse' : 'preserve',
    isPlainText: false,
    needsEscape: members.some((member) => member.needsEscape),
    usesNamespaces: members.some((member) => member.usesNamespaces),
    canonical: (text) => normaliseWhiteSpace('collapse', text),
    fromXml: (text, resolvePrefix) =>
      firstFit(members, (member) => {
        const json = member.fromXml(text, resolvePrefix);
        return typeof json === 'string' ? (checkAs(member, text) ?? json) : json;
      }),
    toXml: (value, declarePrefix) =>
      firstFit(members, (member) => {
        const text = member.toXml(value, declarePrefix);
        return typeof text === 'string' ? (checkAs(member, text) ?? text) : text;
      }),
  };
  function checkAs(member: SimpleCodec, text: string): SimpleFault | undefined {
    return firstFault(checks, normaliseWhiteSpace(member.whiteSpace, text));
  }
}

function firstFit(
  members: readonly SimpleCodec[],
  translate: (member: SimpleCodec) => string | SimpleFault,
): string | SimpleFault {
  const faults: SimpleFault[] = [];
  for (const member of members) {
    const text = translate(member);
    if (typeof text === 'string') return text;
    faults.push(text);
  }
  return noneFits(faults);
}

/** A member type that takes this kind of JSON value tells more of what is wrong than one that does not. */
function noneFits(faults: readonly SimpleFault[]): SimpleFault {
  const code = faults.find((fault) => fault.code !== 'type')?.code ?? 'type';
  const messages = [...new Set(faults.map((fault) => fault.message))];
  return new SimpleFault(code, messages.join(', or '));
}
