import { SOAP_ENVELOPE_NAMESPACE } from '../../qname.ts';
import type { Attributes } from '../../xml/attributes.ts';
import type { ExpandedName } from '../../xml/names.ts';
import { shownName } from '../../xml/xml-error.ts';
import type { XmlHandler } from '../../xml/xml-handler.ts';
import type { SoapFault } from '../codec.ts';
import { EncodedBodyDecoder } from '../encoded/body-decoder.ts';
import { BodyTree } from '../encoded/body-tree.ts';
import type { DecodeContext } from './decode-context.ts';
import type { ElementReader } from './element-reader.ts';
import { describeName, describeUnlike } from './expectation.ts';
import { FaultReader } from './fault-reader.ts';
import { HeaderReader } from './header-reader.ts';
import type { JsonWriter } from './json-writer.ts';
import type { CompiledPlan } from './message-plan.ts';
import { ValueDecoder } from './value-decoder.ts';

/** The element whose children are read here; those of others are read by a reader of their own. */
type Place = 'document' | 'envelope' | 'header' | 'body' | 'wrapper' | 'end';

const NO_ATTRIBUTES: Attributes = { count: 0, names: [], written: [], values: [] };
const BLANK = /^[ \t\r\n]*$/;
const ENVELOPE_NAMESPACES: ReadonlySet<string> = new Set(Object.values(SOAP_ENVELOPE_NAMESPACE));

/** Finds its way through Envelope, Header and Body (SOAP 1.1, 4; SOAP 1.2 Part 1, 5) to what the contract describes. */
export class EnvelopeDecoder implements XmlHandler {
  readonly #plan: CompiledPlan;
  readonly #context: DecodeContext;
  readonly #writer: JsonWriter;
  readonly #value: ValueDecoder;
  #place: Place = 'document';
  #reader: ElementReader | undefined;
  #headers: HeaderReader | undefined;
  #headerSeen = false;
  #bodySeen = false;
  /** The member or wrapper, or the fault, has come. */
  #contentSeen = false;
  #memberSeen = false;
  #blanks = '';
  #fault: FaultReader | undefined;
  #tree: BodyTree | undefined;
  #encodedFault: SoapFault | undefined;

  constructor(plan: CompiledPlan, context: DecodeContext, writer: JsonWriter) {
    this.#plan = plan;
    this.#context = context;
    this.#writer = writer;
    this.#value = new ValueDecoder(context);
  }

  /** After the end of the document: the fault if one came. */
  get fault(): SoapFault | undefined {
    return this.#encodedFault ?? this.#fault?.result();
  }

  startElement(name: ExpandedName, attributes: Attributes): void {
    if (this.#reader !== undefined) this.#reader.startElement(name, attributes);
    else this.#startHere(name, attributes);
  }

  text(value: string, blank: boolean): void {
    if (this.#reader !== undefined) this.#reader.text(value, blank);
    else if (this.#plan.isContent && this.#place === 'body' && !this.#contentSeen)
      this.#startText(value, blank);
    else if (!blank && !BLANK.test(value)) {
      this.#context.fail('unexpected-text', 'there is text where SOAP allows only elements');
    }
  }

  endElement(): void {
    if (this.#reader === undefined) return this.#endHere();
    this.#reader.endElement();
    // The object around the member that soap:Body is ends with it.
    if (this.#reader.depth === 1 && this.#isContentMember) this.#reader.endElement();
    if (this.#reader.depth === 0) this.#endReader();
  }

  #startHere(name: ExpandedName, attributes: Attributes): void {
    switch (this.#place) {
      case 'document':
        return this.#startEnvelope(name);
      case 'envelope':
        return this.#startPart(name);
      case 'header':
        this.#headers ??= new HeaderReader(this.#plan, this.#context);
        this.#reader = this.#headers.begin(name, attributes);
        return;
      case 'body':
        return this.#startContent(name, attributes);
      case 'wrapper':
        return this.#startMember(name, attributes);
      case 'end':
        return this.#unexpected(name, 'nothing more');
    }
  }

  #startEnvelope({ namespace, local }: ExpandedName): void {
    const { envelopeNamespace, soapVersion } = this.#plan;
    if (local !== 'Envelope') {
      this.#context.fail('not-soap', `the document is a <${shownName(local)}>, not a SOAP Envelope`);
    }
    if (namespace !== envelopeNamespace) {
      const found = ENVELOPE_NAMESPACES.has(namespace)
        ? 'of the other SOAP version'
        : 'in an unknown namespace';
      this.#context.fail(
        'version-mismatch',
        `the Envelope is ${found}; the contract says SOAP ${soapVersion}`,
      );
    }
    this.#place = 'envelope';
  }

  #startPart(name: ExpandedName): void {
    const isSoap = name.namespace === this.#plan.envelopeNamespace;
    if (isSoap && name.local === 'Header' && !this.#headerSeen && !this.#bodySeen) {
      this.#headerSeen = true;
      this.#place = 'header';
    } else if (isSoap && name.local === 'Body' && !this.#bodySeen) {
      this.#bodySeen = true;
      this.#place = 'body';
      if (this.#plan.encoded) this.#beginTree();
    } else this.#unexpected(name, this.#bodySeen ? 'the end of the Envelope' : '<Header> or <Body>');
  }

  #unexpected(name: ExpandedName, expected: string): never {
    const message = `${describeName(name)} is not expected here, but ${expected}`;
    return this.#context.fail('unexpected-element', message);
  }

  #startContent(name: ExpandedName, attributes: Attributes): void {
    const { envelopeNamespace, wrapper } = this.#plan;
    if (this.#contentSeen) return this.#unexpected(name, 'the end of the Body');
    if (name.local === 'Fault' && name.namespace === envelopeNamespace) {
      this.#contentSeen = true;
      this.#fault = new FaultReader(this.#plan, this.#context);
      this.#fault.begin();
      this.#reader = this.#fault;
    } else if (this.#plan.isContent) {
      this.#beginContent();
      this.#value.startElement(name, attributes);
    } else if (wrapper === undefined) this.#startMember(name, attributes);
    else if (name.key === wrapper) this.#startWrapper();
    else this.#unexpected(name, `the wrapper element ${shownName(wrapper)}`);
  }

  get #isContentMember(): boolean {
    return this.#plan.isContent && this.#plan.only === undefined && this.#reader === this.#value;
  }

  /** Blanks may stand before a fault: they are kept until it is known what they are. */
  #startText(value: string, blank: boolean): void {
    this.#blanks += value;
    if (!blank && !BLANK.test(value)) this.#beginContent();
  }

  /** soap:Body, already open, is read as the member; attributes on it are for others. */
  #beginContent(): void {
    const { only, bodyName } = this.#plan;
    const prelude = this.#headers?.take() ?? '';
    this.#contentSeen = this.#memberSeen = true;
    this.#reader = this.#value;
    if (only !== undefined) this.#value.begin(only, NO_ATTRIBUTES, this.#writer, prelude);
    else {
      this.#value.beginMembers(this.#plan, this.#writer, prelude);
      this.#value.startElement(bodyName, NO_ATTRIBUTES);
    }
    if (this.#blanks !== '') this.#value.text(this.#blanks, BLANK.test(this.#blanks));
  }

  #startWrapper(): void {
    this.#contentSeen = true;
    if (this.#plan.only !== undefined) this.#place = 'wrapper';
    else this.#beginMembers();
  }

  /** The first child of the Body or wrapper. */
  #startMember(name: ExpandedName, attributes: Attributes): void {
    const { only } = this.#plan;
    if (only === undefined) {
      this.#contentSeen = true;
      this.#beginMembers();
      this.#value.startElement(name, attributes);
      return;
    }
    if (this.#memberSeen || name.key !== only.key)
      this.#unexpected(name, this.#memberSeen ? 'no more' : describeUnlike(only.name, name));
    this.#contentSeen = true;
    this.#memberSeen = true;
    this.#reader = this.#value;
    this.#value.begin(only, attributes, this.#writer, this.#headers?.take());
  }

  /** The element that is open, Body or wrapper, is read like one whose type has the members. */
  #beginMembers(): void {
    this.#reader = this.#value;
    this.#value.beginMembers(this.#plan, this.#writer, this.#headers?.take() ?? '');
  }

  /** What the reader read was a child of this place, except when it was the Body or wrapper itself. */
  #endReader(): void {
    if (this.#tree !== undefined && this.#reader === this.#tree) return this.#endTree(this.#tree);
    const { isContent, only } = this.#plan;
    const wasContainer = this.#reader === this.#value && (isContent || only === undefined);
    this.#reader = undefined;
    if (wasContainer && this.#plan.wrapper === undefined) this.#place = 'envelope';
  }

  /** An encoded Body is kept, and decoded at its end. */
  #beginTree(): void {
    this.#tree = new BodyTree(this.#context);
    this.#tree.begin();
    this.#reader = this.#tree;
  }

  #endTree({ children }: BodyTree): void {
    this.#reader = undefined;
    this.#place = 'envelope';
    const decoder = new EncodedBodyDecoder(this.#plan, this.#context, children);
    this.#encodedFault = decoder.decode(this.#writer, this.#headers?.take() ?? '');
  }

  #endHere(): void {
    switch (this.#place) {
      case 'envelope':
        if (!this.#bodySeen) this.#context.fail('missing-element', '<Body> is missing');
        this.#place = 'end';
        return;
      case 'header':
        this.#place = 'envelope';
        return;
      case 'wrapper':
        this.#requireMember();
        this.#place = 'body';
        return;
      case 'body':
        return this.#endBody();
      case 'document':
      case 'end':
    }
  }

  #endBody(): void {
    if (!this.#contentSeen && this.#plan.isContent) {
      this.#beginContent();
      return this.endElement();
    }
    if (!this.#contentSeen) {
      if (this.#plan.wrapper !== undefined) {
        this.#context.fail(
          'missing-element',
          `the wrapper element ${shownName(this.#plan.wrapper)} is missing`,
        );
      }
      this.#requireMember();
      this.#beginMembers();
      this.#reader = undefined;
      this.#value.endElement();
    }
    this.#place = 'envelope';
  }

  #requireMember(): void {
    const { only } = this.#plan;
    if (only !== undefined && !this.#memberSeen) {
      this.#context.fail('missing-element', `<${shownName(only.local)}> is missing`);
    }
  }
}
