import type { SoapVersion } from '../qname.ts';
import { mimeParts, parseMimePart } from './parse-mime.ts';
import { asksForMtom } from './parse-policy.ts';
import { WSDL_NAMESPACE, type WsdlContext } from './wsdl-context.ts';
import type {
  BindingFaultNode,
  BindingMessageNode,
  BindingNode,
  BindingOperationNode,
  PortNode,
  ServiceNode,
  SoapBindingNode,
  SoapHeaderNode,
} from './wsdl-nodes.ts';
import type { XmlElement } from './xml-element.ts';

const SOAP_BINDINGS: ReadonlyMap<string, SoapVersion> = new Map([
  ['http://schemas.xmlsoap.org/wsdl/soap/', '1.1'],
  ['http://schemas.xmlsoap.org/wsdl/soap12/', '1.2'],
]);
const STYLES = ['document', 'rpc'] as const;
const USES = ['literal', 'encoded'] as const;

/** `<binding name type> soap:binding?, operation* </binding>` (WSDL 1.1, 2.5 and 3.3); linking says if the type is missing. */
export function parseBinding(context: WsdlContext, source: XmlElement, document: XmlElement): BindingNode {
  const portType = context.optionalReference(source, 'type');
  const soap = soapChild(source, 'binding');
  return {
    name: context.name(source),
    ...(portType && { portType }),
    ...(soap && { soap: parseSoapBinding(context, soap) }),
    mtom: asksForMtom(source, document),
    operations: source
      .childrenNamed(WSDL_NAMESPACE, 'operation')
      .map((operation) => parseOperation(context, operation)),
    source,
  };
}

/** `<service name> port* </service>` (WSDL 1.1, 2.7) */
export function parseService(context: WsdlContext, source: XmlElement): ServiceNode {
  const ports = source.childrenNamed(WSDL_NAMESPACE, 'port').map((port) => parsePort(context, port));
  return { name: context.name(source), ...context.documentation(source), ports, source };
}

/** `<port name binding> soap:address? </port>` (WSDL 1.1, 2.6 and 3.8) */
function parsePort(context: WsdlContext, source: XmlElement): PortNode {
  const binding = context.reference(source, 'binding');
  const address = soapChild(source, 'address')?.attribute('location')?.trim();
  return {
    name: context.name(source),
    ...context.documentation(source),
    ...(binding && { binding }),
    ...(address && { address }),
    source,
  };
}

/** `<soap:binding style? transport?/>` */
function parseSoapBinding(context: WsdlContext, element: XmlElement): SoapBindingNode {
  return {
    soapVersion: SOAP_BINDINGS.get(element.name.namespace)!,
    style: context.oneOf(element, 'style', STYLES, 'document'),
    transport: element.attribute('transport')?.trim() ?? '',
  };
}

/** `<operation name> <soap:operation soapAction? style?/>, input?, output?, fault* </operation>` (WSDL 1.1, 3.4) */
function parseOperation(context: WsdlContext, source: XmlElement): BindingOperationNode {
  const soap = soapChild(source, 'operation');
  const input = source.child(WSDL_NAMESPACE, 'input');
  const output = source.child(WSDL_NAMESPACE, 'output');
  return {
    name: context.name(source),
    soapAction: soap?.attribute('soapAction') ?? '',
    ...(soap?.attribute('style') !== undefined && {
      style: context.oneOf(soap, 'style', STYLES, 'document'),
    }),
    ...context.documentation(source),
    ...(input && { input: parseMessage(context, input) }),
    ...(output && { output: parseMessage(context, output) }),
    faults: source.childrenNamed(WSDL_NAMESPACE, 'fault').map((fault) => parseFault(context, fault)),
    source,
  };
}

/** `<input name?> (soap:body, soap:header* | mime:multipartRelated) </input>` (WSDL 1.1, 3.5, 3.7 and 5.5) */
function parseMessage(context: WsdlContext, source: XmlElement): BindingMessageNode {
  const parts = mimeParts(source);
  const holders = [source, ...parts];
  const body = holders.map((holder) => soapChild(holder, 'body')).find((found) => found !== undefined);
  const headers = holders.flatMap((holder) => holder.children.filter((child) => isSoap(child, 'header')));
  const name = source.attribute('name')?.trim();
  return {
    ...(name && { name }),
    ...(body && { body: parseBody(context, body) }),
    headers: headers.map((header) => parseHeader(context, header)),
    attachments: parts.flatMap(parseMimePart),
    source,
  };
}

/** `<soap:body parts? use? encodingStyle? namespace?/>` */
function parseBody(context: WsdlContext, source: XmlElement): NonNullable<BindingMessageNode['body']> {
  const namespace = source.attribute('namespace')?.trim();
  const parts = source.attribute('parts');
  return {
    use: context.oneOf(source, 'use', USES, 'literal'),
    ...(namespace !== undefined && { namespace }),
    ...(parts !== undefined && { parts: parts.split(/\s+/).filter((part) => part !== '') }),
    source,
  };
}

/** `<soap:header message part use?> soap:headerfault* </soap:header>` */
function parseHeader(context: WsdlContext, source: XmlElement): SoapHeaderNode {
  const message = context.reference(source, 'message');
  const part = source.attribute('part')?.trim() ?? '';
  return { ...(message && { message }), part, use: context.oneOf(source, 'use', USES, 'literal'), source };
}

/** `<fault name> <soap:fault name? use?/> </fault>` (WSDL 1.1, 3.6) */
function parseFault(context: WsdlContext, source: XmlElement): BindingFaultNode {
  const soap = soapChild(source, 'fault');
  const name = source.attribute('name')?.trim() ?? soap?.attribute('name')?.trim() ?? '';
  return { name, use: soap ? context.oneOf(soap, 'use', USES, 'literal') : 'literal', source };
}

function soapChild(element: XmlElement, local: string): XmlElement | undefined {
  return element.children.find((child) => isSoap(child, local));
}

function isSoap(element: XmlElement, local: string): boolean {
  return element.name.local === local && SOAP_BINDINGS.has(element.name.namespace);
}
