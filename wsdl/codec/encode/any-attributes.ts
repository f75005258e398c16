import type { AttributeWildcard } from '../../contract.ts';
import { XMLNS_NAMESPACE, XSI_NAMESPACE } from '../../qname.ts';
import { isNcName } from '../../xml/characters.ts';
import { escapeAttribute, hasIllegalXmlCharacter } from '../../xml/escape.ts';
import type { JsonValue } from '../codec.ts';
import { escapePointer, report, type FaultCollector } from './fault-collector.ts';
import type { LocalPrefixes } from './local-prefixes.ts';
import { allowsNamespace } from '../../namespace-constraint.ts';
import type { AttributeCheck } from '../raw-xml-check.ts';
import { describeConstraint } from './raw-text.ts';

const CLARK = /^(?:\{([^{}]*)\})?([^{}]+)$/;

/** What of an anyAttribute the contract fixes. */
export interface AnyAttributes {
  readonly wildcard: AttributeWildcard;
  /** Clark names of the declared attributes, which the wildcard must not repeat. */
  readonly declared: ReadonlySet<string>;
  /** By its Clark name, an attribute is held to its global declaration; undefined where that does not matter. */
  readonly check: AttributeCheck | undefined;
}

/** `{ "{namespace}local": "value" }` -> attributes with their prefixes. */
export function anyAttributes(
  value: JsonValue,
  pointer: string,
  faults: FaultCollector | undefined,
  allowed: AnyAttributes,
  prefixes: LocalPrefixes,
): string {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    return report(faults, pointer, 'type', 'must be an object from attribute name to value');
  }
  return Object.entries(value)
    .map(([name, text]) =>
      anyAttribute(name, text, `${pointer}/${escapePointer(name)}`, faults, allowed, prefixes),
    )
    .join('');
}

function anyAttribute(
  name: string,
  text: JsonValue,
  pointer: string,
  faults: FaultCollector | undefined,
  { wildcard, declared, check }: AnyAttributes,
  prefixes: LocalPrefixes,
): string {
  const [, namespace = '', local = ''] = CLARK.exec(name) ?? [];
  if (!isNcName(local) || local === 'xmlns' || isReserved(namespace)) {
    return report(
      faults,
      pointer,
      'unknown-member',
      'must be an attribute name in Clark notation, "{namespace}local"',
    );
  }
  if (declared.has(`{${namespace}}${local}`))
    return report(faults, pointer, 'duplicate-member', 'has a member of its own');
  if (!allowsNamespace(wildcard.namespaces, namespace)) {
    return report(
      faults,
      pointer,
      'unknown-member',
      `must be an attribute ${describeConstraint(wildcard.namespaces)}`,
    );
  }
  if (typeof text !== 'string') return report(faults, pointer, 'type', 'must be a string');
  if (hasIllegalXmlCharacter(text)) {
    return report(faults, pointer, 'xml-character', 'must not contain characters that XML cannot carry');
  }
  const fault = check?.({ namespace, local }, text);
  if (fault !== undefined) return report(faults, pointer, fault.code, fault.message);
  const tag = namespace === '' ? local : `${prefixes.declare(namespace)}:${local}`;
  return ` ${tag}="${escapeAttribute(text)}"`;
}

function isReserved(namespace: string): boolean {
  return namespace === XSI_NAMESPACE || namespace === XMLNS_NAMESPACE || hasIllegalXmlCharacter(namespace);
}
