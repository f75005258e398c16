import type { Facets } from '../../contract.ts';
import { XMLNS_NAMESPACE } from '../../qname.ts';
import { isNcName } from '../../xml/characters.ts';
import { hasIllegalXmlCharacter } from '../../xml/escape.ts';
import { compileEnumeration, firstFault } from './facets.ts';
import { SimpleFault, type DeclarePrefix, type ResolvePrefix, type SimpleCodec } from './simple-codec.ts';
import { normaliseWhiteSpace } from './white-space.ts';

const CLARK = /^(?:\{([^{}\s]+)\})?([^{}]+)$/;
const NOT_A_QNAME: SimpleFault = new SimpleFault('lexical', 'must be a qualified name');
const NOT_BOUND: SimpleFault = new SimpleFault(
  'lexical',
  'must be a qualified name whose prefix is declared',
);
const NOT_CLARK: SimpleFault = new SimpleFault(
  'lexical',
  'must be a name in Clark notation, "{namespace}local", or "local" if in no namespace',
);
const NOT_A_NAMESPACE: SimpleFault = new SimpleFault(
  'lexical',
  'must be in a namespace that XML can bind a prefix to',
);
const NOT_A_STRING: SimpleFault = new SimpleFault('type', 'must be a string');

/**
 * QName and NOTATION: Clark notation in JSON, so that the value means the same under any prefix. Lengths and patterns
 * are not checked: they would see a prefix, which is no part of the value.
 */
export function qnameCodec(facets: Facets): SimpleCodec {
  const checks = compileEnumeration(facets, (text) => text);
  return {
    whiteSpace: 'collapse',
    isPlainText: false,
    needsEscape: false,
    usesNamespaces: true,
    canonical: (text) => normaliseWhiteSpace('collapse', text),
    fromXml(text, resolvePrefix) {
      const clark = toClark(normaliseWhiteSpace('collapse', text), resolvePrefix);
      if (typeof clark !== 'string') return clark;
      return firstFault(checks, clark) ?? JSON.stringify(clark);
    },
    toXml(value, declarePrefix) {
      if (typeof value !== 'string') return NOT_A_STRING;
      return firstFault(checks, value) ?? fromClark(value, declarePrefix);
    },
  };
}

function toClark(text: string, resolvePrefix: ResolvePrefix): string | SimpleFault {
  const colon = text.indexOf(':');
  const prefix = colon < 0 ? '' : text.slice(0, colon);
  const local = text.slice(colon + 1);
  if (!isNcName(local) || (colon >= 0 && !isNcName(prefix))) return NOT_A_QNAME;
  const namespace = resolvePrefix(prefix) ?? (prefix === '' ? '' : undefined);
  if (namespace === undefined) return NOT_BOUND;
  return namespace === '' ? local : `{${namespace}}${local}`;
}

function fromClark(clark: string, declarePrefix: DeclarePrefix): string | SimpleFault {
  const [, namespace = '', local = ''] = CLARK.exec(clark) ?? [];
  if (!isNcName(local)) return NOT_CLARK;
  if (namespace === XMLNS_NAMESPACE || hasIllegalXmlCharacter(namespace)) return NOT_A_NAMESPACE;
  return namespace === '' ? local : `${declarePrefix(namespace)}:${local}`;
}
