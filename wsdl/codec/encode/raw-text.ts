import { allowsNamespace } from '../../namespace-constraint.ts';
import type { NamespaceConstraint } from '../../contract.ts';
import type { QName } from '../../qname.ts';
import { checkRawXml } from '../../xml/raw-xml.ts';
import type { JsonValue } from '../codec.ts';
import { report, type FaultCollector } from './fault-collector.ts';

/** Raw XML of mixed content, checked so that it cannot change anything around it. */
export function rawContent(value: JsonValue, pointer: string, faults: FaultCollector | undefined): string {
  if (typeof value !== 'string') return report(faults, pointer, 'type', 'must be a string of XML');
  const fault = checkRawXml(value, { as: 'content' });
  if (!fault) return value;
  return report(faults, pointer, fault.code === 'xml-character' ? 'xml-character' : 'raw-xml', fault.message);
}

/** Raw XML of one element that a wildcard allows. */
export function rawElement(
  value: JsonValue,
  pointer: string,
  faults: FaultCollector | undefined,
  allowed: NamespaceConstraint,
): string {
  if (typeof value !== 'string') return report(faults, pointer, 'type', 'must be a string of XML');
  const roots: QName[] = [];
  const fault = checkRawXml(value, { as: 'element', onRoot: (name) => roots.push(name) });
  if (fault)
    return report(
      faults,
      pointer,
      fault.code === 'xml-character' ? 'xml-character' : 'raw-xml',
      fault.message,
    );
  return roots.every(({ namespace }) => allowsNamespace(allowed, namespace))
    ? value
    : report(faults, pointer, 'raw-xml', `must be an element ${describeConstraint(allowed)}`);
}

export function describeConstraint(constraint: NamespaceConstraint): string {
  switch (constraint.kind) {
    case 'any':
      return 'in any namespace';
    case 'in':
      return `in ${constraint.uris.map((uri) => (uri === '' ? 'no namespace' : `namespace "${uri}"`)).join(' or ')}`;
    case 'not':
      return `in a namespace other than "${constraint.uri}"`;
  }
}
