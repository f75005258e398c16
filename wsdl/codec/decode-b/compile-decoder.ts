import type { Contract, ElementParticle, FaultMessage, GroupParticle, Message } from '../../contract.ts';
import { defaultLimits } from '../../limits.ts';
import { qnameKey, SOAP_ENVELOPE_NAMESPACE, type SoapVersion } from '../../qname.ts';
import type { Attributes } from '../../xml/attributes.ts';
import type { ExpandedName } from '../../xml/names.ts';
import { XmlError } from '../../xml/xml-error.ts';
import type { XmlHandler } from '../../xml/xml-handler.ts';
import { XmlReader } from '../../xml/xml-reader.ts';
import { DecodeError, type Decoded, type DecodeOptions, type MessageDecoder, type SoapFault } from '../codec.ts';
import { beginElement } from './begin-element.ts';
import { ContentFrame } from './content-frame.ts';
import { ModelGroup } from './content-model.ts';
import { FaultFrame, toSoapFault } from './fault-frames.ts';
import { fail, refuseText, SkipFrame, type Frame, type Reading } from './frame.ts';
import { JsonWriter, memberText } from './json-writer.ts';
import { attributeOf } from './read-attributes.ts';
import { ReaderTable } from './type-reader.ts';

export interface DecodePlan { readonly contract: Contract; readonly soapVersion: SoapVersion; readonly message: Message; readonly faults: readonly FaultMessage[] }
export interface CompiledDecoder {
  create(write: (json: Uint8Array) => void, options?: DecodeOptions): MessageDecoder;
  decodeWhole(bytes: Uint8Array, options?: DecodeOptions): Decoded;
}

export function compileDecoder(plan: DecodePlan): CompiledDecoder {
  const { body } = plan.message;
  const table = ReaderTable.of(plan.contract);
  const group: GroupParticle = { kind: body.kind === 'rpc' ? 'all' : 'sequence', min: 1, max: 1, particles: body.members };
  const model = new ModelGroup(group, { parent: undefined, index: 0 }, (p: ElementParticle) => table.slot(p));
  const create = (write: (json: Uint8Array) => void, options: DecodeOptions = {}): MessageDecoder => new Decoder(plan, table, model, write, options);
  return {
    create,
    decodeWhole(bytes, options) {
      const runs: Uint8Array[] = [];
      const decoder = create((json) => runs.push(json), options);
      decoder.write(bytes);
      const end = decoder.end();
      return end.kind === 'fault' ? end : { kind: 'message', json: runs.length === 1 ? runs[0]! : Buffer.concat(runs) };
    },
  };
}

class FrameStack implements XmlHandler {
  readonly frames: Frame[] = [];
  startElement(name: ExpandedName, attributes: Attributes): void { this.frames[this.frames.length - 1]!.start(name, attributes); }
  text(value: string, blank: boolean): void { this.frames[this.frames.length - 1]!.text(value, blank); }
  endElement(): void { this.frames.pop()!.end(); }
}

class Decoder implements MessageDecoder {
  readonly #reader: XmlReader;
  readonly #reading: Reading;
  readonly #plan: DecodePlan;
  fault: SoapFault | undefined;

  constructor(plan: DecodePlan, table: ReaderTable, model: ModelGroup, write: (json: Uint8Array) => void, options: DecodeOptions) {
    const stack = new FrameStack();
    this.#plan = plan;
    this.#reader = new XmlReader(stack, { limits: options.limits ?? defaultLimits, charset: options.charset });
    this.#reading = { context: this.#reader.context, table, writer: new JsonWriter(write), push: (frame) => stack.frames.push(frame) };
    stack.frames.push(new DocumentFrame(this.#reading, plan, model, (parts) => {
      this.#reading.writer.take();
      this.fault = toSoapFault(parts, plan.soapVersion, plan.faults, (fault, xml) => decodeFragment(plan.contract, table, fault.detail, xml));
    }));
  }

  write(chunk: Uint8Array): void { this.#guard(() => { this.#reader.write(chunk); }); }

  end(): { readonly kind: 'message' } | { readonly kind: 'fault'; readonly fault: SoapFault } {
    this.#guard(() => { this.#reader.end(); });
    if (this.fault !== undefined) return { kind: 'fault', fault: this.fault };
    this.#reading.writer.flush();
    return { kind: 'message' };
  }

  #guard(run: () => void): void {
    try { run(); } catch (error) {
      if (!(error instanceof XmlError)) throw error;
      throw new DecodeError(error.code, this.#reading.context.path(), error.message);
    }
  }
}

function decodeFragment(contract: Contract, table: ReaderTable, particle: ElementParticle, xml: string): Uint8Array | undefined {
  const runs: Uint8Array[] = [];
  const stack = new FrameStack();
  const reader = new XmlReader(stack, { limits: defaultLimits });
  const reading: Reading = { context: reader.context, table, writer: new JsonWriter((json) => runs.push(json)), push: (frame) => stack.frames.push(frame) };
  stack.frames.push({ start: (_n, attributes) => { beginElement(reading, table.slot(particle), attributes); }, text: () => undefined, end: () => undefined });
  try { reader.write(Buffer.from(xml)); reader.end(); } catch (error) {
    if (error instanceof DecodeError || error instanceof XmlError) return undefined;
    throw error;
  }
  reading.writer.flush();
  return Buffer.concat(runs);
}

class DocumentFrame implements Frame {
  #state: 'before' | 'header' | 'body' | 'after' = 'before';
  readonly #reading: Reading; readonly #plan: DecodePlan; readonly #model: ModelGroup; readonly #fault: (parts: never) => void; readonly #ns: string;
  #isOpen = false;
  #seen = false;
  constructor(reading: Reading, plan: DecodePlan, model: ModelGroup, fault: (parts: import('./fault-frames.ts').FaultParts) => void) {
    this.#reading = reading; this.#plan = plan; this.#model = model; this.#fault = fault as never; this.#ns = SOAP_ENVELOPE_NAMESPACE[plan.soapVersion];
  }
  start(name: ExpandedName): void {
    if (name.local !== 'Envelope') fail(this.#reading, 'not-soap', 'the root element is no SOAP Envelope');
    if (name.namespace !== this.#ns) {
      const known = Object.values(SOAP_ENVELOPE_NAMESPACE).includes(name.namespace as never);
      fail(this.#reading, known ? 'version-mismatch' : 'not-soap', `the Envelope is not of SOAP ${this.#plan.soapVersion}`);
    }
    this.#reading.push({ start: (n, a) => { this.#envelopeChild(n, a); }, text: (_v, b) => { refuseText(this.#reading, b); }, end: () => { if (this.#state !== 'after') fail(this.#reading, 'not-soap', 'the Envelope has no Body'); } });
  }
  text(): void { return; }
  end(): void { return; }
  #envelopeChild(name: ExpandedName, _attributes: Attributes): void {
    const reading = this.#reading;
    if (name.namespace === this.#ns && name.local === 'Header' && this.#state === 'before') {
      this.#state = 'header';
      let wrote = false;
      const seen = new Set<string>();
      reading.push({
        start: (n, a) => { wrote = this.#headerBlock(n, a, wrote, seen); },
        text: (_v, b) => { refuseText(reading, b); },
        end: () => { if (wrote) reading.writer.close('}'); },
      });
    } else if (name.namespace === this.#ns && name.local === 'Body' && this.#state !== 'after') {
      this.#state = 'after';
      this.#pushBody();
    } else fail(reading, 'not-soap', 'the Envelope has an unexpected child');
  }
  #headerBlock(name: ExpandedName, attributes: Attributes, wrote: boolean, seen: Set<string>): boolean {
    const reading = this.#reading;
    const header = this.#plan.message.headers.find((one) => qnameKey(one.name.namespace, one.name.local) === name.key);
    if (header === undefined || seen.has(name.key)) {
      const must = attributeOf(attributes, qnameKey(this.#ns, 'mustUnderstand'));
      const role = attributeOf(attributes, qnameKey(this.#ns, 'actor')) ?? attributeOf(attributes, qnameKey(this.#ns, 'role')) ?? '';
      if ((must === '1' || must === 'true') && (role === '' || /ultimateReceiver$|next$/.test(role))) fail(reading, 'must-understand', 'a header block that must be understood is not declared');
      reading.push(new SkipFrame(reading));
      return wrote;
    }
    seen.add(name.key);
    if (!wrote) { this.#open(); reading.writer.member(memberText('@header')); reading.writer.open('{'); }
    reading.writer.member(memberText(header.jsonName));
    beginElement(reading, reading.table.slot(header), attributes);
    return true;
  }
  #open(): void { if (!this.#isOpen) this.#reading.writer.open('{'); this.#isOpen = true; }
  #pushBody(): void {
    const reading = this.#reading; const { body } = this.#plan.message;
    const close = (): void => { reading.writer.close('}'); };
    let inner: ContentFrame | undefined;
    const content = (): ContentFrame => { if (inner === undefined) { this.#open(); inner = new ContentFrame(reading, this.#model, false, close); } return inner; };
    reading.push({
      start: (name, attributes) => {
        if (name.namespace === this.#ns && name.local === 'Fault') { this.#seen = true; reading.push(new FaultFrame(reading, this.#fault as never)); return; }
        if (body.kind === 'rpc') {
          if (this.#seen || name.local !== body.wrapper!.local || name.namespace !== body.wrapper!.namespace) fail(reading, 'unexpected-element', `<${name.local}> may not stand here, <${body.wrapper!.local}> is expected`);
          this.#seen = true;
          reading.push(content());
        } else if (body.shape === 'value') {
          const [member] = body.members;
          if (this.#seen || name.key !== qnameKey(member!.name.namespace, member!.name.local)) fail(reading, 'unexpected-element', `<${name.local}> may not stand here, <${member!.name.local}> is expected`);
          this.#seen = true;
          beginElement(reading, reading.table.slot(member!), attributes, this.#isOpen);
        } else { this.#seen = true; content().start(name, attributes); }
      },
      text: (_v, b) => { refuseText(reading, b); },
      end: () => {
        if (this.#seen && (body.kind === 'rpc' || body.shape === 'value' || inner === undefined)) return;
        if (body.kind === 'rpc' || body.shape === 'value') fail(reading, 'missing-element', 'the Body is empty');
        content().end();
      },
    });
  }
}
