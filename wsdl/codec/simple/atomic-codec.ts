import { builtinType } from '../../builtin-types.ts';
import type { Contract, Facets, SimpleType } from '../../contract.ts';
import { XSD_NAMESPACE, qnameKey } from '../../qname.ts';
import { atomicType } from './atomic-types.ts';
import { copyCertain } from './copy-certain.ts';
import { compileFacets, firstFault, type FacetCheck } from './facets.ts';
import { SimpleFault, type SimpleCodec } from './simple-codec.ts';
import { normaliseWhiteSpace } from './white-space.ts';

/** Codec of an atomic type other than QName and NOTATION. */
export function atomicCodec(type: SimpleType, builtin: string, numbers: Contract['numbers']): SimpleCodec {
  const atomic = atomicType(builtin, numbers);
  const { whiteSpace } = type.facets;
  const facets = effectiveFacets(type.facets, builtin);
  const checks = compileFacets(facets, atomic);
  const check = checkOf(atomic.isLexical, new SimpleFault('lexical', `must be ${atomic.expected}`), checks);
  const copy = copyCertain(builtin, facets);
  return {
    ...(copy && { copy }),
    ...(builtin === 'base64Binary' && { binary: 'base64' }),
    whiteSpace,
    isPlainText:
      (builtin === 'string' || builtin === 'anySimpleType') &&
      whiteSpace === 'preserve' &&
      checks.length === 0,
    needsEscape: atomic.needsEscape,
    usesNamespaces: false,
    canonical: (text) => atomic.canonical(normaliseWhiteSpace(whiteSpace, text)),
    fromXml(text) {
      const normalised = normaliseWhiteSpace(whiteSpace, text);
      return check(normalised) ?? atomic.toJson(normalised);
    },
    toXml(value) {
      const lexical = atomic.toLexical(value);
      if (typeof lexical !== 'string') return lexical;
      const normalised = normaliseWhiteSpace(whiteSpace, lexical);
      return check(normalised) ?? normalised;
    },
  };
}

function checkOf(
  isLexical: (text: string) => boolean,
  notLexical: SimpleFault,
  checks: FacetCheck[],
): FacetCheck {
  if (checks.length === 0) return (text) => (isLexical(text) ? undefined : notLexical);
  return (text) => (isLexical(text) ? firstFault(checks, text) : notLexical);
}

/** Bounds of the built-in type hold even where a contract does not repeat them. */
function effectiveFacets(facets: Facets, builtin: string): Facets {
  const base = builtinType(qnameKey(XSD_NAMESPACE, builtin));
  const inherited = base?.kind === 'simple' ? base.facets : undefined;
  const { fractionDigits: inheritedDigits, ...rest } = facets;
  const fractionDigits = inherited?.fractionDigits === undefined ? inheritedDigits : undefined;
  return {
    ...(facets.minExclusive === undefined &&
      inherited?.minInclusive !== undefined && { minInclusive: inherited.minInclusive }),
    ...(facets.maxExclusive === undefined &&
      inherited?.maxInclusive !== undefined && { maxInclusive: inherited.maxInclusive }),
    ...rest,
    ...(fractionDigits !== undefined && { fractionDigits }),
  };
}
