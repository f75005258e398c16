import type { Facets } from '../../contract.ts';
import { compileEnumeration, compileLengths, firstFault, type FacetCheck } from './facets.ts';
import { compilePatterns } from './pattern-facet.ts';
import { SimpleFault, type SimpleCodec } from './simple-codec.ts';
import { normaliseWhiteSpace } from './white-space.ts';

const NOT_AN_ARRAY: SimpleFault = new SimpleFault('type', 'must be an array');
const NOT_ONE_ITEM = 'must not be empty or contain white space, which separates the items of a list';

/** xs:list: items separated by white space (XSD 1.0 Part 2, 2.5.1.2), an array in JSON. Facets count and compare the whole. */
export function listCodec(facets: Facets, item: SimpleCodec): SimpleCodec {
  const checks: FacetCheck[] = [
    ...compileLengths(facets, { unit: 'items', of: (text) => splitItems(text).length }),
    ...compileEnumeration(facets, canonical),
    ...compilePatterns(facets),
  ];
  function canonical(text: string): string {
    return splitItems(collapse(text)).map(item.canonical).join(' ');
  }
  return {
    whiteSpace: 'collapse',
    isPlainText: false,
    needsEscape: item.needsEscape,
    usesNamespaces: item.usesNamespaces,
    canonical,
    fromXml(text, resolvePrefix) {
      const normalised = collapse(text);
      const json = eachItem(splitItems(normalised), (value) => item.fromXml(value, resolvePrefix));
      if (json instanceof SimpleFault) return json;
      return firstFault(checks, normalised) ?? `[${json.join(',')}]`;
    },
    toXml(value, declarePrefix) {
      if (!Array.isArray(value)) return NOT_AN_ARRAY;
      const texts = eachItem(value, (entry) => asOneItem(item.toXml(entry, declarePrefix)));
      if (texts instanceof SimpleFault) return texts;
      const text = texts.join(' ');
      return firstFault(checks, text) ?? text;
    },
  };
}

function eachItem<T>(
  items: readonly T[],
  translate: (item: T) => string | SimpleFault,
): string[] | SimpleFault {
  const translated: string[] = [];
  for (const [index, item] of items.entries()) {
    const text = translate(item);
    if (typeof text !== 'string') return new SimpleFault(text.code, text.message, index);
    translated.push(text);
  }
  return translated;
}

function asOneItem(text: string | SimpleFault): string | SimpleFault {
  if (typeof text !== 'string' || /^[^ \t\n\r]+$/.test(text)) return text;
  return new SimpleFault('lexical', NOT_ONE_ITEM);
}

function collapse(text: string): string {
  return normaliseWhiteSpace('collapse', text);
}

function splitItems(text: string): string[] {
  return text === '' ? [] : text.split(' ');
}
