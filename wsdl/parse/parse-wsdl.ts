import { XSD_NAMESPACE } from '../qname.ts';
import type { Findings } from './findings.ts';
import { parseBinding, parseService } from './parse-binding.ts';
import { WSDL_NAMESPACE, WsdlContext } from './wsdl-context.ts';
import type {
  MessageNode,
  OperationMessageNode,
  PartNode,
  PortTypeNode,
  PortTypeOperationNode,
  WsdlNode,
} from './wsdl-nodes.ts';
import type { XmlElement } from './xml-element.ts';

/** `<definitions name? targetNamespace?> import*, documentation?, types?, message*, portType*, binding*, service* </definitions>` (WSDL 1.1, 2.1) */
export function parseWsdl(root: XmlElement, findings: Findings): WsdlNode {
  const context = new WsdlContext(findings);
  const all = <T>(
    local: string,
    parse: (context: WsdlContext, element: XmlElement, document: XmlElement) => T,
  ): T[] => root.childrenNamed(WSDL_NAMESPACE, local).map((element) => parse(context, element, root));
  const name = root.attribute('name')?.trim();
  return {
    ...(name && { name }),
    targetNamespace: root.attribute('targetNamespace') ?? '',
    ...context.documentation(root),
    imports: root.childrenNamed(WSDL_NAMESPACE, 'import'),
    schemas: root
      .childrenNamed(WSDL_NAMESPACE, 'types')
      .flatMap((types) => types.childrenNamed(XSD_NAMESPACE, 'schema')),
    messages: all('message', parseMessage),
    portTypes: all('portType', parsePortType),
    bindings: all('binding', parseBinding),
    services: all('service', parseService),
  };
}

/** `<message name> part* </message>` (WSDL 1.1, 2.3) */
function parseMessage(context: WsdlContext, source: XmlElement): MessageNode {
  const parts = source.childrenNamed(WSDL_NAMESPACE, 'part').map((part) => parsePart(context, part));
  return { name: context.name(source), parts: parts.filter(isNamed), source };
}

/** `<part name element? type?/>` */
function parsePart(context: WsdlContext, source: XmlElement): PartNode {
  const element = context.optionalReference(source, 'element');
  const type = context.optionalReference(source, 'type');
  if (source.attribute('element') === undefined && source.attribute('type') === undefined) {
    context.findings.tolerate(
      'WSDL_MISSING_ATTRIBUTE',
      source,
      `<${source.rawName}> has neither "element" nor "type". Add one of them.`,
      'as content of any kind',
    );
  }
  return { name: context.name(source), ...(element && { element }), ...(type && { type }), source };
}

/** `<portType name> operation* </portType>` (WSDL 1.1, 2.4) */
function parsePortType(context: WsdlContext, source: XmlElement): PortTypeNode {
  const operations = source
    .childrenNamed(WSDL_NAMESPACE, 'operation')
    .map((operation) => parseOperation(context, operation));
  return { name: context.name(source), operations: operations.filter(isNamed), source };
}

/** What lacks its name was reported, and cannot be referred to. */
function isNamed({ name }: { readonly name: string }): boolean {
  return name !== '';
}

/** `<operation name> input?, output?, fault* </operation>`; the order of input and output gives the kind (WSDL 1.1, 2.4.1 to 2.4.4). */
function parseOperation(context: WsdlContext, source: XmlElement): PortTypeOperationNode {
  const message = (local: string): OperationMessageNode | undefined => {
    const element = source.child(WSDL_NAMESPACE, local);
    return element && parseOperationMessage(context, element);
  };
  const input = message('input');
  const output = message('output');
  return {
    name: context.name(source),
    ...context.documentation(source),
    kind: kindOf(source),
    ...(input && { input }),
    ...(output && { output }),
    faults: source
      .childrenNamed(WSDL_NAMESPACE, 'fault')
      .map((fault) => parseOperationMessage(context, fault)),
    source,
  };
}

function kindOf(operation: XmlElement): PortTypeOperationNode['kind'] {
  const order = operation.children
    .map((child) => child.name.local)
    .filter((local) => local === 'input' || local === 'output');
  if (order[0] === 'output') return order.includes('input') ? 'solicit-response' : 'notification';
  return order.includes('output') ? 'request-response' : 'one-way';
}

/** WS-Addressing 1.0 Metadata, and the draft and the submission before it. */
const ACTION_NAMESPACES: readonly string[] = [
  'http://www.w3.org/2007/05/addressing/metadata',
  'http://www.w3.org/2006/05/addressing/wsdl',
  'http://schemas.xmlsoap.org/ws/2004/08/addressing',
];

function actionOf(source: XmlElement): string | undefined {
  return ACTION_NAMESPACES.map((namespace) => source.attribute('Action', namespace)?.trim()).find(Boolean);
}

function parseOperationMessage(context: WsdlContext, source: XmlElement): OperationMessageNode {
  const name = source.attribute('name')?.trim();
  const message = context.reference(source, 'message');
  const wsaAction = actionOf(source);
  return {
    ...(name && { name }),
    ...context.documentation(source),
    ...(message && { message }),
    ...(wsaAction && { wsaAction }),
    source,
  };
}
