import type { PortTypeOperationNode } from '../parse/wsdl-nodes.ts';
import type { QName } from '../qname.ts';

/**
 * The action of an input for which the WSDL says none: `[target namespace][delimiter][port type][delimiter][input name]`
 * (WS-Addressing 1.0 Metadata, 4.4.4; the name where it is left out: WSDL 1.1, 2.4.5).
 */
export function defaultAction(
  { name, kind, input }: Pick<PortTypeOperationNode, 'name' | 'kind' | 'input'>,
  portType: QName,
): string {
  const delimiter = /^urn:/i.test(portType.namespace) ? ':' : '/';
  const start = portType.namespace.endsWith(delimiter) ? portType.namespace.slice(0, -1) : portType.namespace;
  const inputName = input?.name ?? (kind === 'one-way' ? name : `${name}Request`);
  return [start, portType.local, inputName].join(delimiter);
}
