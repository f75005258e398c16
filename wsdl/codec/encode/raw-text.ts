import { allowsNamespace } from '../../namespace-constraint.ts';
import type { NamespaceConstraint } from '../../contract.ts';
import type { QName } from '../../qname.ts';
import { checkRawXml } from '../../xml/raw-xml.ts';
import type { JsonValue } from '../codec.ts';
import type { RawXmlCheck } from '../raw-xml-check.ts';
import { report, type FaultCollector } from './fault-collector.ts';

/** Raw XML of mixed content, checked so that it cannot change anything around it and keeps to the contract. */
export function rawContent(
  value: JsonValue,
  pointer: string,
  faults: FaultCollector | undefined,
  check: RawXmlCheck | undefined,
): string {
  if (typeof value !== 'string') return report(faults, pointer, 'type', 'must be a string of XML');
  const fault = checkRawXml(value, { as: 'content' });
  if (!fault) return checked(value, pointer, faults, check);
  return report(faults, pointer, fault.code === 'xml-character' ? 'xml-character' : 'raw-xml', fault.message);
}

/** Raw XML of one element that a wildcard allows. */
export function rawElement(
  value: JsonValue,
  pointer: string,
  faults: FaultCollector | undefined,
  allowed: NamespaceConstraint,
  check: RawXmlCheck | undefined,
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
    ? checked(value, pointer, faults, check)
    : report(faults, pointer, 'raw-xml', `must be an element ${describeConstraint(allowed)}`);
}

function checked(
  xml: string,
  pointer: string,
  faults: FaultCollector | undefined,
  check: RawXmlCheck | undefined,
): string {
  const fault = check?.(xml);
  return fault === undefined
    ? xml
    : report(faults, pointer, 'raw-xml', `must be XML that the contract allows: ${fault}`);
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
