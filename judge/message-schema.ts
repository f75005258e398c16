import {
  qnameKey,
  typeOf,
  XSD_NAMESPACE,
  type Contract,
  type ElementParticle,
  type FaultMessage,
  type Message,
  type QName,
} from '../wsdl/index.ts';
import type { SchemaDocument } from './schema-documents.ts';
import { escapeAttribute } from './xml-text.ts';

/** Where the types of messages are declared, and the elements Header, Body, detail and Detail, which xsi:type gives one of them. */
export const MESSAGE_NAMESPACE = 'urn:portico:message';

/** Local names of the types that say what the contract prescribes for one message. */
export interface MessageTypes {
  readonly header?: string;
  /** Of soap:Body, or of the detail of a fault. */
  readonly content: string;
}

const ANYTHING = '<xs:any processContents="skip" minOccurs="0" maxOccurs="unbounded"/>';

/** Declares a type for each message of a contract, as its binding prescribes it. */
export class MessageSchemas {
  readonly #contract: Contract;
  readonly #prefixes = new Map<string, string>();
  readonly #types: string[] = [];
  /** Groups by target namespace: the rpc wrapper is declared where no other declaration can clash with it. */
  readonly #groups = new Map<string, string[]>();

  constructor(contract: Contract) {
    this.#contract = contract;
  }

  addMessage(message: Message): MessageTypes {
    const isByReference = message.body.kind === 'elements';
    const blocks = message.headers.map((header) => this.#declare(header, isByReference)).join('');
    const header = this.#addType(`<xs:choice minOccurs="0" maxOccurs="unbounded">${blocks}</xs:choice>`);
    const content =
      message.body.kind === 'content'
        ? this.#addDerived(message.body.members[0]!)
        : this.#addType(`<xs:sequence>${this.#bodyContent(message)}</xs:sequence>`);
    return { header, content };
  }

  addFault({ detail }: FaultMessage): MessageTypes {
    return { content: this.#addType(`<xs:sequence>${this.#declare(detail, true)}</xs:sequence>`) };
  }

  /** The schemas that declare all that was added. */
  documents(): SchemaDocument[] {
    const roots = ['Header', 'Body', 'detail', 'Detail'].map((name) => `<xs:element name="${name}"/>`);
    const own = this.#toSchema(MESSAGE_NAMESPACE, [...roots, ...this.#types]);
    return [own, ...[...this.#groups].map(([namespace, groups]) => this.#toSchema(namespace, groups))];
  }

  /** SOAP encoding is no matter of schemas. */
  #bodyContent({ body }: Message): string {
    if (body.use === 'encoded') return ANYTHING;
    const isByReference = body.kind === 'elements';
    const members = body.members.map((member) => this.#declare(member, isByReference)).join('');
    if (isByReference || !body.wrapper) return members;
    return this.#declareQualified(
      body.wrapper,
      `><xs:complexType><xs:sequence>${members}</xs:sequence></xs:complexType></xs:element>`,
    );
  }

  /** An element that is no global one of the contract; `rest` is what follows its name. */
  #declareQualified({ namespace, local }: QName, rest: string): string {
    const groups = this.#groups.get(namespace) ?? [];
    this.#groups.set(namespace, groups);
    const group = `portico-message-${groups.length}`;
    const element = `<xs:element name="${escapeAttribute(local)}" form="qualified"${rest}`;
    groups.push(`<xs:group name="${group}"><xs:sequence>${element}</xs:sequence></xs:group>`);
    return `<xs:group ref="${this.#nameOf(namespace, group)}"/>`;
  }

  #addType(content: string): string {
    const name = `message-${this.#types.length}`;
    const attributes = '<xs:anyAttribute processContents="skip"/>';
    this.#types.push(`<xs:complexType name="${name}">${content}${attributes}</xs:complexType>`);
    return name;
  }

  /** For soap:Body where it is itself of the type of a part. */
  #addDerived({ type }: ElementParticle): string {
    const name = `message-${this.#types.length}`;
    const definition = typeOf(this.#contract, type);
    const { qname = { namespace: XSD_NAMESPACE, local: 'anyType' } } = definition;
    const isText = definition.kind === 'simple' || definition.content.kind === 'simple';
    const content = isText ? 'simpleContent' : 'complexContent';
    const extension = `<xs:extension base="${this.#nameOf(qname.namespace, qname.local)}"/>`;
    this.#types.push(
      `<xs:complexType name="${name}"><xs:${content}>${extension}</xs:${content}></xs:complexType>`,
    );
    return name;
  }

  /** A global element by reference; an accessor, or a part that names a type, as a local one. */
  #declare({ name, type, nillable }: ElementParticle, isByReference: boolean): string {
    const { namespace, local } = name;
    const isGlobal = Object.hasOwn(this.#contract.elements, qnameKey(namespace, local));
    if (isGlobal && (isByReference || namespace !== ''))
      return `<xs:element ref="${this.#nameOf(namespace, local)}"/>`;
    const { qname } = typeOf(this.#contract, type);
    const typeAttribute = qname ? ` type="${this.#nameOf(qname.namespace, qname.local)}"` : '';
    const rest = ` nillable="${nillable}"${typeAttribute}/>`;
    if (namespace !== '') return this.#declareQualified(name, rest);
    return `<xs:element name="${escapeAttribute(local)}" form="unqualified"${rest}`;
  }

  #nameOf(namespace: string, local: string): string {
    if (namespace === '') return escapeAttribute(local);
    const prefix = this.#prefixes.get(namespace) ?? `n${this.#prefixes.size}`;
    this.#prefixes.set(namespace, prefix);
    return `${prefix}:${escapeAttribute(local)}`;
  }

  #toSchema(targetNamespace: string, declarations: readonly string[]): SchemaDocument {
    const target = targetNamespace === '' ? '' : ` targetNamespace="${escapeAttribute(targetNamespace)}"`;
    const prefixes = [...this.#prefixes].map(
      ([namespace, prefix]) => ` xmlns:${prefix}="${escapeAttribute(namespace)}"`,
    );
    const xml = `<xs:schema xmlns:xs="${XSD_NAMESPACE}"${target}${prefixes.join('')}>${declarations.join('')}</xs:schema>`;
    return { targetNamespace, xml, includes: [], redefines: [] };
  }
}
