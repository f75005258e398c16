import type { Attributes } from '../../xml/attributes.ts';
import type { ExpandedName } from '../../xml/names.ts';
import { RawXmlWriter } from '../../xml/raw-xml-writer.ts';
import { XML_NAMESPACE } from '../../qname.ts';
import type { QName } from '../../qname.ts';
import { DecodeError } from '../codec.ts';
import type { SoapFault } from '../codec.ts';
import type { DecodeContext } from './decode-context.ts';
import type { ElementReader } from './element-reader.ts';
import { faultCategory } from './fault-category.ts';
import { createJsonBuffer } from './json-writer.ts';
import type { JsonWriter } from './json-writer.ts';
import type { CompiledPlan, DeclaredFault } from './message-plan.ts';
import { ValueDecoder } from './value-decoder.ts';

/** Where things stand in a Fault: unqualified in SOAP 1.1, 4.4; in SOAP 1.2 Part 1, 5.4. Namespaces are not looked at: servers differ. */
const PLACES = {
  code: /^\/(?:faultcode|Code\/Value)$/,
  subcode: /^\/Code(?:\/Subcode)+\/Value$/,
  reason: /^\/(?:faultstring|Reason\/Text)$/,
  actor: /^\/(?:faultactor|Role)$/,
  node: /^\/Node$/,
  detail: /^\/(?:detail|Detail)$/,
} as const;

interface FaultDetail {
  readonly declared: DeclaredFault;
  readonly decoder: ValueDecoder;
  readonly writer: JsonWriter;
}

/** Reads a SOAP Fault. A detail that is declared but does not fit its declaration is kept as raw XML: the fault still counts. */
export class FaultReader implements ElementReader {
  depth = 0;
  readonly #plan: CompiledPlan;
  readonly #context: DecodeContext;
  #path = '';
  #text = '';
  #language: string | undefined;
  #code: QName = { namespace: '', local: '' };
  readonly #subcodes: QName[] = [];
  readonly #reasons: { readonly language: string | undefined; readonly text: string }[] = [];
  #actor: string | undefined;
  #node: string | undefined;
  /** Copies the content of the detail while that is open. */
  #raw: RawXmlWriter | undefined;
  #undeclared = '';
  #hasChild = false;
  /** The first child of the detail, if it is declared and fits so far. */
  #detail: FaultDetail | undefined;

  constructor(plan: CompiledPlan, context: DecodeContext) {
    this.#plan = plan;
    this.#context = context;
  }

  begin(): void {
    this.depth = 1;
  }

  startElement(name: ExpandedName, attributes: Attributes): void {
    this.depth += 1;
    if (this.#raw !== undefined) return this.#startInDetail(this.#raw, name, attributes);
    this.#path += `/${name.local}`;
    this.#text = '';
    this.#language = languageOf(attributes);
    if (PLACES.detail.test(this.#path)) this.#raw = new RawXmlWriter(this.#context.xml);
  }

  text(value: string, blank: boolean): void {
    if (this.#raw === undefined) {
      this.#text += value;
      return;
    }
    this.#raw.text(value);
    this.#tryDetail((decoder) => {
      decoder.text(value, blank);
    });
  }

  endElement(): void {
    this.depth -= 1;
    if (this.#raw !== undefined && this.#raw.depth > 0) return this.#endInDetail(this.#raw);
    if (this.#raw === undefined) this.#take(this.#text.trim());
    else this.#undeclared = this.#raw.toString().trim();
    this.#raw = undefined;
    this.#text = '';
    this.#path = this.#path.slice(0, Math.max(0, this.#path.lastIndexOf('/')));
  }

  result(): SoapFault {
    return {
      soapVersion: this.#plan.soapVersion,
      category: faultCategory(this.#code, this.#plan.soapVersion),
      code: this.#code,
      subcodes: this.#subcodes,
      reason: this.#reason(),
      ...(this.#actor !== undefined && { actor: this.#actor }),
      ...(this.#node !== undefined && { node: this.#node }),
      ...(this.#detail && {
        detail: { name: this.#detail.declared.name, json: Buffer.from(this.#detail.writer.take()) },
      }),
      ...(!this.#detail && this.#undeclared !== '' && { undeclaredDetail: this.#undeclared }),
    };
  }

  #startInDetail(raw: RawXmlWriter, name: ExpandedName, attributes: Attributes): void {
    raw.startElement(attributes);
    if (this.#detail !== undefined) {
      this.#tryDetail((decoder) => {
        decoder.startElement(name, attributes);
      });
    } else if (!this.#hasChild) this.#beginDetail(name, attributes);
    this.#hasChild = true;
  }

  #beginDetail(name: ExpandedName, attributes: Attributes): void {
    const declared = this.#plan.faults.get(name.key);
    if (declared === undefined) return;
    this.#detail = { declared, decoder: new ValueDecoder(this.#context), writer: createJsonBuffer() };
    this.#attempt(({ decoder, writer }) => {
      decoder.begin(declared.slot, attributes, writer);
    });
  }

  #endInDetail(raw: RawXmlWriter): void {
    raw.endElement();
    this.#tryDetail((decoder) => {
      decoder.endElement();
    });
  }

  /** Passes an event to the decoder of the detail while that is open. */
  #tryDetail(pass: (decoder: ValueDecoder) => void): void {
    this.#attempt(({ decoder }) => {
      if (decoder.depth > 0) pass(decoder);
    });
  }

  #attempt(step: (detail: FaultDetail) => void): void {
    if (this.#detail === undefined) return;
    try {
      step(this.#detail);
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error;
      // The detail breaks its declaration: the raw copy stands for it.
      this.#detail = undefined;
    }
  }

  #take(text: string): void {
    const path = this.#path;
    if (PLACES.code.test(path)) this.#code = this.#qname(text);
    else if (PLACES.subcode.test(path)) this.#subcodes.push(this.#qname(text));
    else if (PLACES.reason.test(path)) this.#reasons.push({ language: this.#language, text });
    else if (PLACES.actor.test(path)) this.#actor = text;
    else if (PLACES.node.test(path)) this.#node = text;
  }

  /** A prefix that is not declared, as some servers send, is dropped. */
  #qname(text: string): QName {
    const colon = text.indexOf(':');
    const namespace = this.#context.xml.scope.lookup(text.slice(0, Math.max(0, colon)));
    return { namespace: (colon < 0 ? '' : namespace) ?? '', local: text.slice(colon + 1) };
  }

  #reason(): string {
    const english = this.#reasons.find(({ language }) => /^en\b/i.test(language ?? ''));
    return (english ?? this.#reasons[0])?.text ?? '';
  }
}

function languageOf({ count, names, values }: Attributes): string | undefined {
  const index = names
    .slice(0, count)
    .findIndex(({ namespace, local }) => namespace === XML_NAMESPACE && local === 'lang');
  return index < 0 ? undefined : values[index];
}
