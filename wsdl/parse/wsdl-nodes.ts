import type { SoapVersion } from '../qname.ts';
import type { NameReference } from './schema-nodes.ts';
import type { XmlElement } from './xml-element.ts';

/** The nouns of WSDL 1.1 as written, names not yet looked up. */
export interface WsdlNode {
  readonly name?: string;
  readonly targetNamespace: string;
  readonly documentation?: string;
  readonly imports: readonly XmlElement[];
  /** xs:schema elements of wsdl:types. */
  readonly schemas: readonly XmlElement[];
  readonly messages: readonly MessageNode[];
  readonly portTypes: readonly PortTypeNode[];
  readonly bindings: readonly BindingNode[];
  readonly services: readonly ServiceNode[];
}

/** WSDL 1.1, 2.3. */
export interface MessageNode {
  readonly name: string;
  readonly parts: readonly PartNode[];
  readonly source: XmlElement;
}

export interface PartNode {
  readonly name: string;
  readonly element?: NameReference;
  readonly type?: NameReference;
  readonly source: XmlElement;
}

/** WSDL 1.1, 2.4. */
export interface PortTypeNode {
  readonly name: string;
  readonly operations: readonly PortTypeOperationNode[];
  readonly source: XmlElement;
}

export interface PortTypeOperationNode {
  readonly name: string;
  readonly documentation?: string;
  /** Only the first two go from consumer to service. */
  readonly kind: 'request-response' | 'one-way' | 'solicit-response' | 'notification';
  readonly input?: OperationMessageNode;
  readonly output?: OperationMessageNode;
  readonly faults: readonly OperationMessageNode[];
  readonly source: XmlElement;
}

export interface OperationMessageNode {
  readonly name?: string;
  readonly documentation?: string;
  readonly message?: NameReference;
  /** wsam:Action, or what its forerunners called so. */
  readonly wsaAction?: string;
  readonly source: XmlElement;
}

/** WSDL 1.1, 2.5; `soap` is missing for bindings to other protocols. */
export interface BindingNode {
  readonly name: string;
  readonly portType?: NameReference;
  readonly soap?: SoapBindingNode;
  /** A policy asks for MTOM. */
  readonly mtom: boolean;
  readonly operations: readonly BindingOperationNode[];
  readonly source: XmlElement;
}

export interface SoapBindingNode {
  readonly soapVersion: SoapVersion;
  readonly style: 'document' | 'rpc';
  readonly transport: string;
}

export interface BindingOperationNode {
  readonly name: string;
  readonly soapAction: string;
  readonly style?: 'document' | 'rpc';
  readonly documentation?: string;
  readonly input?: BindingMessageNode;
  readonly output?: BindingMessageNode;
  readonly faults: readonly BindingFaultNode[];
  readonly source: XmlElement;
}

/** wsdl:input or wsdl:output of a binding operation with its soap:body and soap:header (WSDL 1.1, 3.5 and 3.7). */
export interface BindingMessageNode {
  readonly name?: string;
  readonly body?: SoapBodyNode;
  readonly headers: readonly SoapHeaderNode[];
  readonly attachments: readonly MimeContentNode[];
  readonly source: XmlElement;
}

/** A mime:part that holds an attachment (WSDL 1.1, 5.3); `part` may be missing where the message has only one. */
export interface MimeContentNode {
  readonly part?: string;
  readonly mediaTypes: readonly string[];
  readonly source: XmlElement;
}

export interface SoapBodyNode {
  readonly use: 'literal' | 'encoded';
  readonly namespace?: string;
  readonly parts?: readonly string[];
  readonly source: XmlElement;
}

export interface SoapHeaderNode {
  readonly message?: NameReference;
  readonly part: string;
  readonly use: 'literal' | 'encoded';
  readonly source: XmlElement;
}

export interface BindingFaultNode {
  readonly name: string;
  readonly use: 'literal' | 'encoded';
  readonly source: XmlElement;
}

/** WSDL 1.1, 2.7. */
export interface ServiceNode {
  readonly name: string;
  readonly documentation?: string;
  readonly ports: readonly PortNode[];
  readonly source: XmlElement;
}

/** WSDL 1.1, 2.6. */
export interface PortNode {
  readonly name: string;
  readonly documentation?: string;
  readonly binding?: NameReference;
  readonly address?: string;
  readonly source: XmlElement;
}
