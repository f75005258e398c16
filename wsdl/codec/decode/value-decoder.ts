import type { Attributes } from '../../xml/attributes.ts';
import type { ExpandedName } from '../../xml/names.ts';
import { shownName } from '../../xml/xml-error.ts';
import type { ReceivedContent } from '../attachments/received-attachments.ts';
import { decodeAttributes, hasMemberAttributes } from './attribute-decoder.ts';
import type { ModelGroup } from './content-model.ts';
import type { AttachmentPart, WildcardParticle } from '../../contract.ts';
import type { MessageMembers } from './message-plan.ts';
import type { CompiledComplexType, CompiledSimpleType, CompiledType } from './contract-types.ts';
import type { DecodeContext } from './decode-context.ts';
import type { ElementReader } from './element-reader.ts';
import type { ElementSlot } from './element-slot.ts';
import { describeNode } from './expectation.ts';
import { failAtChild } from './fail-at-child.ts';
import { Frame } from './frame.ts';
import { includedContent, isInclude, writeAttachments } from './include.ts';
import type { TextRule } from './frame.ts';
import { NO_JSON, memberText } from './json-writer.ts';
import type { JsonWriter } from './json-writer.ts';
import { readNarrower } from './narrower-text.ts';
import { RawCopy } from './raw-copy.ts';
import { allowedElement } from './wildcard-content.ts';
import { isArray, saysType, typeInPlace } from './type-in-place.ts';
import { isNil, readXsiAttributes } from './xsi-attributes.ts';

const TYPE = memberText('@type');
const HEADER = memberText('@header');
const NIL = memberText('@nil');
const VALUE = memberText('value');
const BLANK = /^[ \t\r\n]*$/;

/**
 * Turns one element of the contract with all that is in it into JSON, while it is read. An explicit stack of frames
 * stands in for recursion, so depth costs no call stack and any split of the input gives the same output.
 */
export class ValueDecoder implements ElementReader {
  depth = 0;
  readonly #context: DecodeContext;
  readonly #frames: Frame[] = [];
  #writer!: JsonWriter;
  #frame!: Frame;
  #text = '';
  /** JSON of the headers, to be written first in the outermost object; '' if there are none or they are written. */
  #prelude = '';
  /** The content that stands in the text frame is, or will be, an attachment: no text may come beside it. */
  #included: ReceivedContent | undefined;
  /** Of the message whose members are read, until they are written. */
  #attachments: readonly AttachmentPart[] = [];
  readonly #isCheck: boolean;
  #check: ValueDecoder | undefined;

  /** @param isCheck its JSON is thrown away, and what is raw XML in it is read as the contract describes it. */
  constructor(context: DecodeContext, isCheck = false) {
    this.#context = context;
    this.#isCheck = isCheck;
  }

  /** @param prelude JSON of the headers, or ''. */
  begin(slot: ElementSlot, attributes: Attributes, writer: JsonWriter, prelude = ''): void {
    this.#reset(writer, prelude);
    this.#open(slot, attributes);
  }

  /** Begins with an element whose attributes do not matter and whose children are the members of an object. */
  beginMembers({ members, attachments }: MessageMembers, writer: JsonWriter, prelude: string): void {
    this.#reset(writer, prelude);
    this.#attachments = attachments;
    const frame = this.#push();
    this.#openObject(frame, undefined);
    this.#beginModel(frame, members, false);
  }

  /** Begins the check of an element that a wildcard takes. */
  beginAllowed(name: ExpandedName, attributes: Attributes, wildcard: WildcardParticle): void {
    this.#reset(NO_JSON, '');
    this.#openAllowed(name, attributes, wildcard);
  }

  /** Begins the check of mixed content, within its element. */
  beginMixed(root: ModelGroup): void {
    this.#reset(NO_JSON, '');
    this.#beginMixed(this.#push(), root);
  }

  startElement(name: ExpandedName, attributes: Attributes): void {
    const frame = this.#frame;
    if (isInclude(name, frame, this.#context))
      return this.#include(frame, includedContent(attributes, this.#context));
    if (frame.raw !== undefined) return frame.raw.startElement(name, attributes);
    if (frame.mode === 'skipped') return void (this.#push().mode = 'skipped');
    if (frame.mode !== 'model')
      this.#context.fail('unexpected-element', 'an element stands where none is allowed');
    const leaf = frame.cursor.advance(name, this.#writer);
    if (leaf === undefined) return failAtChild(this.#context, frame.cursor, name);
    if (leaf.slot !== undefined) this.#open(leaf.slot, attributes);
    else if (this.#isCheck) this.#openAllowed(name, attributes, leaf.wildcard!);
    else this.#copyElement(name, attributes, leaf.wildcard!);
  }

  text(value: string, blank: boolean): void {
    const frame = this.#frame;
    if (frame.mode === 'text' && this.#included === undefined)
      this.#text = this.#text === '' ? value : this.#text + value;
    else if (frame.raw !== undefined) frame.raw.text(value, blank);
    else if (!blank && !frame.isMixed && frame.mode !== 'skipped' && !BLANK.test(value)) {
      this.#context.fail('unexpected-text', 'there is text between or in place of elements');
    }
  }

  endElement(): void {
    const frame = this.#frame;
    if (frame.raw !== undefined) return this.#endRaw(frame, frame.raw);
    if (frame.mode === 'text') this.#writeText(frame);
    else if (frame.mode === 'model' && !frame.cursor.finish(this.#writer)) {
      this.#context.fail('missing-element', `${describeNode(frame.cursor.missing!)} is missing at the end`);
    }
    if (this.depth === 1) writeAttachments(this.#attachments, this.#writer, this.#context);
    this.#pop(frame);
  }

  #reset(writer: JsonWriter, prelude: string): void {
    this.depth = 0;
    this.#writer = writer;
    this.#prelude = prelude;
    this.#attachments = [];
  }

  #push(): Frame {
    const frame = (this.#frames[this.depth] ??= new Frame());
    frame.mode = 'empty';
    frame.closing = '';
    frame.raw = undefined;
    frame.isMixed = false;
    this.#frame = frame;
    this.depth += 1;
    return frame;
  }

  #pop({ closing }: Frame): void {
    if (closing === ']}') this.#writer.close(']');
    if (closing !== '') this.#writer.close(closing === ']' ? ']' : '}');
    this.depth -= 1;
    if (this.depth > 0) this.#frame = this.#frames[this.depth - 1]!;
  }

  #open(slot: ElementSlot, attributes: Attributes): void {
    const context = this.#context;
    const xsi = readXsiAttributes(attributes, context);
    if (xsi.unknown !== undefined)
      context.fail('unexpected-attribute', `xsi:${shownName(xsi.unknown)} is not defined`);
    const declared = slot.type;
    const type = typeInPlace(context, declared, xsi.type);
    if (type.kind === 'simple' && xsi.hasOthers)
      context.fail('unexpected-attribute', 'an element of a simple type has attributes');
    const frame = this.#push();
    const named = saysType(declared, type) ? type : undefined;
    if (isNil(context, slot, xsi))
      this.#openNil(frame, type, declared.kind === 'complex' ? named : undefined, attributes);
    else if (type.kind === 'simple') this.#openSimple(frame, slot, type, named);
    else if (isArray(declared, type)) this.#openArray(frame, type, named, attributes);
    else this.#openComplex(frame, slot, type, named, attributes);
  }

  /** `null`, or an object where there is more to say than that. */
  #openNil(frame: Frame, type: CompiledType, named: CompiledType | undefined, attributes: Attributes): void {
    const hasAttributes = type.kind === 'complex' && hasMemberAttributes(type, attributes, this.#context);
    const isObject = named !== undefined || hasAttributes || this.#prelude !== '';
    if (isObject) {
      this.#openObject(frame, named);
      this.#writer.member(NIL);
      this.#writer.value('true');
    }
    if (type.kind === 'complex') decodeAttributes(type, attributes, this.#writer, this.#context);
    if (!isObject) this.#writer.value('null');
  }

  #openObject(frame: Frame, named: CompiledType | undefined): void {
    frame.closing = '}';
    this.#writer.open('{');
    if (this.#prelude !== '') {
      this.#writer.member(HEADER);
      this.#writer.value(this.#prelude);
      this.#prelude = '';
    }
    if (named === undefined) return;
    this.#writer.member(TYPE);
    this.#writer.value(JSON.stringify(named.definition.name));
  }

  #openSimple(
    frame: Frame,
    slot: ElementSlot,
    type: CompiledSimpleType,
    named: CompiledType | undefined,
  ): void {
    const declared = slot.type;
    if (named !== undefined) {
      this.#openObject(frame, named);
      this.#beginText(frame, { ...slot.textRule(type.codec), member: VALUE });
    } else if (declared.kind === 'simple' && declared !== type) {
      this.#beginText(frame, { ...slot.textRule(declared.codec), narrower: type });
    } else this.#beginText(frame, slot.textRule(type.codec));
  }

  /** An unwrapped type; in place of xs:anyType its array is the `value` beside the `@type`. */
  #openArray(
    frame: Frame,
    type: CompiledComplexType,
    named: CompiledType | undefined,
    attributes: Attributes,
  ): void {
    if (named !== undefined) {
      this.#openObject(frame, named);
      this.#writer.member(VALUE);
    }
    decodeAttributes(type, attributes, this.#writer, this.#context);
    this.#writer.open('[');
    frame.closing = named === undefined ? ']' : ']}';
    if (type.content.kind === 'elements') this.#beginModel(frame, type.content.root, true);
  }

  #openComplex(
    frame: Frame,
    slot: ElementSlot,
    type: CompiledComplexType,
    named: CompiledType | undefined,
    attributes: Attributes,
  ): void {
    this.#openObject(frame, named);
    decodeAttributes(type, attributes, this.#writer, this.#context);
    const { content } = type;
    switch (content.kind) {
      case 'empty':
        return;
      case 'elements':
        return this.#beginModel(frame, content.root, false);
      case 'mixed':
        return this.#isCheck
          ? this.#beginMixed(frame, content.root)
          : this.#beginContent(frame, content.member, content.root);
      case 'simple': {
        const rule = slot.textRule(content.codec);
        const { member, default: absent, fixed } = content;
        return this.#beginText(frame, {
          ...rule,
          member,
          default: rule.default ?? absent,
          fixed: rule.fixed ?? fixed,
        });
      }
    }
  }

  #beginModel(frame: Frame, root: ModelGroup, bare: boolean): void {
    frame.mode = 'model';
    frame.cursor.start(root, bare);
  }

  #beginText(frame: Frame, rule: TextRule): void {
    frame.mode = 'text';
    frame.text = rule;
    this.#text = '';
    this.#included = undefined;
  }

  #beginMixed(frame: Frame, root: ModelGroup): void {
    frame.isMixed = true;
    this.#beginModel(frame, root, false);
  }

  #openAllowed(name: ExpandedName, attributes: Attributes, wildcard: WildcardParticle): void {
    const slot = allowedElement(this.#context, name, attributes, wildcard);
    if (slot === undefined) this.#push().mode = 'skipped';
    else this.#open(slot, attributes);
  }

  #beginContent(frame: Frame, member: string, root: ModelGroup): void {
    const check = this.#newCheck();
    check?.beginMixed(root);
    frame.mode = 'content';
    frame.rawMember = member;
    frame.raw = new RawCopy(this.#context.xml, check);
  }

  #copyElement(name: ExpandedName, attributes: Attributes, wildcard: WildcardParticle): void {
    const check = wildcard.processContents === 'skip' ? undefined : this.#newCheck();
    check?.beginAllowed(name, attributes, wildcard);
    const frame = this.#push();
    frame.mode = 'element';
    frame.raw = new RawCopy(this.#context.xml, check);
    frame.raw.startRoot(attributes);
  }

  /** Messages of SOAP encoding do not follow their schemas to the letter. Raw XML is not nested: one check is enough. */
  #newCheck(): ValueDecoder | undefined {
    if (this.#context.encoded) return undefined;
    return (this.#check ??= new ValueDecoder(this.#context, true));
  }

  #endRaw(frame: Frame, raw: RawCopy): void {
    const ends = frame.mode === 'content' ? raw.depth === 0 : raw.depth === 1;
    if (!ends || frame.mode === 'element') raw.endElement();
    if (!ends) return;
    if (frame.mode === 'content') {
      raw.endContent();
      this.#writer.member(frame.rawMember);
    }
    this.#writer.value(JSON.stringify(raw.toString()));
    this.#pop(frame);
  }

  #include(frame: Frame, content: ReceivedContent): void {
    if (frame.raw !== undefined) frame.raw.text(content.base64 ?? '', false);
    else if (this.#included !== undefined || !BLANK.test(this.#text))
      this.#context.fail('unexpected-element', 'xop:Include stands beside other content');
    else this.#text = content.base64 ?? '';
    this.#included = content;
    this.#push();
  }

  #writeText(frame: Frame): void {
    if (this.#included !== undefined && this.#included.base64 === undefined) {
      this.#writeJson(frame, this.#included.json);
      return;
    }
    const { codec, default: absent, fixed, narrower } = frame.text!;
    const text = this.#text === '' && absent !== undefined ? absent : this.#text;
    const json =
      narrower === undefined
        ? this.#context.translate(codec, text)
        : readNarrower(this.#context, codec, narrower, text);
    if (fixed !== undefined && codec.canonical(text) !== codec.canonical(fixed)) {
      this.#context.fail('invalid-value', 'must have its fixed value');
    }
    this.#writeJson(frame, json);
  }

  #writeJson({ text: rule }: Frame, json: string): void {
    if (rule!.member !== '') this.#writer.member(rule!.member);
    this.#writer.value(json);
  }
}
