import type { Facets } from '../../contract.ts';
import type { QNameKey } from '../../qname.ts';
import type { JsonValue } from '../codec.ts';
import { compileEnumeration, firstFault, type FacetCheck } from './facets.ts';
import { compilePatterns } from './pattern-facet.ts';
import {
  SimpleFault,
  type DeclarePrefix,
  type ResolvePrefix,
  type SimpleCodec,
  type TypedText,
} from './simple-codec.ts';
import { normaliseWhiteSpace } from './white-space.ts';

export interface UnionMember {
  readonly codec: SimpleCodec;
  /** Its key, if xsi:type can name it. */
  readonly type?: QNameKey;
}

/** What a member type makes of a JSON value. */
interface Candidate extends UnionMember {
  readonly text: string;
  /** JSON text that the union makes of `text`, and that the member type makes of it. */
  readonly asUnion: string | SimpleFault;
  readonly asMember: string | SimpleFault;
}

const MISREAD: SimpleFault = new SimpleFault(
  'type',
  'would be read as a value of another type of the union: give it in the form that this type has in JSON',
);

/** Where the text will stand, a prefix may be bound that nothing here knows of. */
const UNKNOWN_NAMESPACE = 'urn:unknown';

/**
 * xs:union: the first member type that fits reads a text (XSD 1.0 Part 2, 2.5.1.3). A value is written by the first member type
 * whose text will be read as that very value.
 */
export function unionCodec(facets: Facets, members: readonly UnionMember[]): SimpleCodec {
  const checks: FacetCheck[] = [...compileEnumeration(facets, (text) => text), ...compilePatterns(facets)];
  const codecs = members.map(({ codec }) => codec);
  return {
    whiteSpace: codecs.every((codec) => codec.whiteSpace === 'collapse') ? 'collapse' : 'preserve',
    isPlainText: false,
    needsEscape: codecs.some((codec) => codec.needsEscape),
    usesNamespaces: codecs.some((codec) => codec.usesNamespaces),
    canonical: (text) => normaliseWhiteSpace('collapse', text),
    fromXml,
    toXml(value, declarePrefix) {
      const chosen = choose(value, declarePrefix);
      return chosen instanceof SimpleFault ? chosen : chosen.type === undefined ? chosen.text : MISREAD;
    },
    toTypedXml: choose,
  };

  function fromXml(text: string, resolvePrefix: ResolvePrefix): string | SimpleFault {
    const faults: SimpleFault[] = [];
    for (const codec of codecs) {
      const json = codec.fromXml(text, resolvePrefix);
      const fault = typeof json === 'string' ? checkAs(codec, text) : json;
      if (fault === undefined) return json;
      faults.push(fault);
    }
    return noneFits(faults);
  }

  function checkAs(codec: SimpleCodec, text: string): SimpleFault | undefined {
    return firstFault(checks, normaliseWhiteSpace(codec.whiteSpace, text));
  }

  function choose(value: JsonValue, declarePrefix: DeclarePrefix): TypedText | SimpleFault {
    const json = JSON.stringify(value);
    const candidates: Candidate[] = [];
    const faults: SimpleFault[] = [];
    for (const member of members) {
      const candidate = candidateOf(member, value, declarePrefix);
      if (candidate instanceof SimpleFault) faults.push(candidate);
      else if (candidate.asUnion === json) return { text: candidate.text };
      else candidates.push(candidate);
    }
    return candidates.length === 0 ? noneFits(faults) : secondBest(candidates, json);
  }

  function candidateOf(
    member: UnionMember,
    value: JsonValue,
    declarePrefix: DeclarePrefix,
  ): Candidate | SimpleFault {
    const namespaces = new Map([['', '']]);
    const text = member.codec.toXml(value, (namespace) => {
      const prefix = declarePrefix(namespace);
      namespaces.set(prefix, namespace);
      return prefix;
    });
    if (typeof text !== 'string') return text;
    const resolve = (prefix: string): string => namespaces.get(prefix) ?? UNKNOWN_NAMESPACE;
    const asMember = member.codec.fromXml(text, resolve);
    return checkAs(member.codec, text) ?? { ...member, text, asUnion: fromXml(text, resolve), asMember };
  }
}

/** By its own type, named, the very value; else the same value in normal form, as `-0` or a token with blanks around it. */
function secondBest(candidates: readonly Candidate[], json: string): TypedText | SimpleFault {
  const exact = candidates.find(({ type, asMember }) => type !== undefined && asMember === json);
  if (exact?.type !== undefined) return { text: exact.text, type: exact.type };
  const normal = candidates.find(({ asUnion, asMember }) => asUnion === asMember);
  return normal ? { text: normal.text } : MISREAD;
}

/** A member type that takes this kind of JSON value tells more of what is wrong than one that does not. */
function noneFits(faults: readonly SimpleFault[]): SimpleFault {
  const code = faults.find((fault) => fault.code !== 'type')?.code ?? 'type';
  const messages = [...new Set(faults.map((fault) => fault.message))];
  return new SimpleFault(code, messages.join(', or '));
}
