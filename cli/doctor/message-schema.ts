import {
  qnameKey,
  typeOf,
  XSD_NAMESPACE,
  type Contract,
  type ElementParticle,
  type Message,
  type FaultMessage,
} from '../../wsdl/index.ts';
import type { SchemaDocument } from './schema-documents.ts';
import { escapeAttribute } from './xml-text.ts';

/** Schemas that declare what the contract prescribes for one message. */
export interface MessageSchema {
  /** Declares `Header` and `Body`, or `detail` and `Detail` of a fault. */
  readonly targetNamespace: string;
  readonly schemas: readonly SchemaDocument[];
}

const ANYTHING = '<xs:any processContents="skip" minOccurs="0" maxOccurs="unbounded"/>';

/** `soap:Header` and `soap:Body` as the binding prescribes them. `number` is unique over the contract. */
export function messageSchema(contract: Contract, message: Message, number: number): MessageSchema {
  const targetNamespace = `urn:portico:message:${number}`;
  const writer = new DeclarationWriter(contract, message.body.kind === 'elements');
  const headers = message.headers.map((header) => writer.declare(header)).join('');
  const { content, wrapper } = bodyContent(message, writer, number);
  const header = complexElement(
    'Header',
    `<xs:choice minOccurs="0" maxOccurs="unbounded">${headers}</xs:choice>`,
  );
  const body = complexElement('Body', `<xs:sequence>${content}</xs:sequence>`);
  const schemas = [writer.toSchema(targetNamespace, header + body), ...(wrapper ? [wrapper] : [])];
  return { targetNamespace, schemas };
}

/** The detail of a fault, under its name in either SOAP version. */
export function detailSchema(contract: Contract, fault: FaultMessage, number: number): MessageSchema {
  const targetNamespace = `urn:portico:message:${number}`;
  const writer = new DeclarationWriter(contract, true);
  const content = `<xs:sequence>${writer.declare(fault.detail)}</xs:sequence>`;
  const declarations = ['detail', 'Detail'].map((name) => complexElement(name, content)).join('');
  return { targetNamespace, schemas: [writer.toSchema(targetNamespace, declarations)] };
}

/**
 * The rpc wrapper is declared in a group of its own namespace, where no other declaration can clash with it.
 * SOAP encoding is no matter of schemas.
 */
function bodyContent(
  { body }: Message,
  writer: DeclarationWriter,
  number: number,
): { content: string; wrapper?: SchemaDocument } {
  if (body.use === 'encoded') return { content: ANYTHING };
  const members = body.members.map((member) => writer.declare(member)).join('');
  if (body.kind === 'elements' || !body.wrapper) return { content: members };
  const { namespace, local } = body.wrapper;
  const group = `portico-message-${number}`;
  const element = complexElement(local, `<xs:sequence>${members}</xs:sequence>`, ' form="qualified"');
  const wrapper = writer.toSchema(
    namespace,
    `<xs:group name="${group}"><xs:sequence>${element}</xs:sequence></xs:group>`,
  );
  return { content: `<xs:group ref="${writer.nameOf(namespace, group)}"/>`, wrapper };
}

function complexElement(name: string, content: string, attributes = ''): string {
  const type = `<xs:complexType>${content}<xs:anyAttribute processContents="skip"/></xs:complexType>`;
  return `<xs:element name="${escapeAttribute(name)}"${attributes}>${type}</xs:element>`;
}

/** Writes declarations, and gathers the prefixes that they need. */
class DeclarationWriter {
  readonly #contract: Contract;
  /** Whether members are global elements; else they are unqualified accessors. */
  readonly #isByReference: boolean;
  readonly #prefixes = new Map<string, string>();

  constructor(contract: Contract, isByReference: boolean) {
    this.#contract = contract;
    this.#isByReference = isByReference;
  }

  declare({ name, type, nillable }: ElementParticle): string {
    const { namespace, local } = name;
    const isGlobal = Object.hasOwn(this.#contract.elements, qnameKey(namespace, local));
    if (isGlobal && (this.#isByReference || namespace !== ''))
      return `<xs:element ref="${this.nameOf(namespace, local)}"/>`;
    const { qname } = typeOf(this.#contract, type);
    const typeAttribute = qname ? ` type="${this.nameOf(qname.namespace, qname.local)}"` : '';
    return `<xs:element name="${escapeAttribute(local)}" form="unqualified" nillable="${nillable}"${typeAttribute}/>`;
  }

  nameOf(namespace: string, local: string): string {
    if (namespace === '') return escapeAttribute(local);
    const prefix = this.#prefixes.get(namespace) ?? `n${this.#prefixes.size}`;
    this.#prefixes.set(namespace, prefix);
    return `${prefix}:${escapeAttribute(local)}`;
  }

  toSchema(targetNamespace: string, declarations: string): SchemaDocument {
    const target = targetNamespace === '' ? '' : ` targetNamespace="${escapeAttribute(targetNamespace)}"`;
    const prefixes = [...this.#prefixes].map(
      ([namespace, prefix]) => ` xmlns:${prefix}="${escapeAttribute(namespace)}"`,
    );
    const xml = `<xs:schema xmlns:xs="${XSD_NAMESPACE}"${target}${prefixes.join('')}>${declarations}</xs:schema>`;
    return { targetNamespace, xml, includes: [], redefines: [] };
  }
}
