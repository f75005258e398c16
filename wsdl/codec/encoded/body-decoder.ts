import { AttributeList } from '../../xml/attributes.ts';
import { shownName } from '../../xml/xml-error.ts';
import type { SoapFault } from '../codec.ts';
import { DecodeContext } from '../decode/decode-context.ts';
import { FaultReader } from '../decode/fault-reader.ts';
import type { JsonWriter } from '../decode/json-writer.ts';
import type { CompiledPlan, DeclaredFault } from '../decode/message-plan.ts';
import { ValueDecoder } from '../decode/value-decoder.ts';
import { childrenOf } from './body-tree.ts';
import type { EncodedElement } from './body-tree.ts';
import { encodingAttribute, idOf } from './encoding-attributes.ts';
import { References } from './references.ts';
import { Replay } from './replay.ts';
import { ReplayPlace } from './replay-place.ts';
import { answerMembers, structMembers } from './struct-members.ts';

/** Decodes the children of an encoded Body once all have come. */
export class EncodedBodyDecoder {
  readonly #plan: CompiledPlan;
  readonly #context: DecodeContext;
  readonly #place: ReplayPlace;
  readonly #body: readonly EncodedElement[];
  readonly #references: References;

  /** @param context stands at the end of the Body. */
  constructor(
    plan: CompiledPlan,
    { limits, xml, attachments }: DecodeContext,
    body: readonly EncodedElement[],
  ) {
    this.#plan = plan;
    // What is read again is literal: nothing of the encoding is to be passed over any more.
    this.#context = new DecodeContext({ ...plan, encoded: false }, limits, attachments);
    this.#place = new ReplayPlace(xml.path(), limits);
    this.#context.xml = this.#place;
    this.#body = body;
    this.#references = new References(body, this.#place);
  }

  /** @param prelude JSON of the headers, or ''. @returns the fault if one came. @throws DecodeError */
  decode(writer: JsonWriter, prelude: string): SoapFault | undefined {
    const fault = this.#body.find(
      ({ name }) => name.local === 'Fault' && name.namespace === this.#plan.envelopeNamespace,
    );
    if (fault) return this.#fault(fault);
    if (this.#plan.isContent) this.#content(writer, prelude);
    else if (this.#plan.wrapper === undefined) this.#document(writer, prelude);
    else this.#wrapper(this.#plan.wrapper, writer, prelude);
    return undefined;
  }

  #wrapper(key: string, writer: JsonWriter, prelude: string): void {
    const wrapper = this.#findWrapper(key);
    this.#refuseOthers(new Set([wrapper]));
    const decoder = new ValueDecoder(this.#context);
    const children = childrenOf(wrapper);
    const { members, isAnswer } = this.#plan;
    decoder.beginMembers(this.#plan, writer, prelude);
    this.#place.enter(wrapper, wrapper);
    this.#replay(decoder).members(
      isAnswer ? answerMembers(members, withoutResult(children)) : structMembers(members, children),
    );
    decoder.endElement();
    this.#place.leave();
  }

  /** The name of the response is not significant (SOAP 1.1, 7.1); that of the call is, but its namespace is often wrong. */
  #findWrapper(key: string): EncodedElement {
    const exact = this.#body.find(({ name }) => name.key === key);
    if (exact) return exact;
    const roots = this.#body.filter((element) => encodingAttribute(element, 'root')?.trim() !== '0');
    const [first] = roots;
    const local = key.slice(key.lastIndexOf('}') + 1);
    if (first && (this.#plan.isAnswer || first.name.local === local)) return first;
    const expected = `the wrapper element ${shownName(key)}`;
    return first
      ? this.#unexpected(first, expected)
      : this.#context.fail('missing-element', `${expected} is missing`);
  }

  #document(writer: JsonWriter, prelude: string): void {
    const { only, members } = this.#plan;
    const decoder = new ValueDecoder(this.#context);
    const replay = this.#replay(decoder);
    if (only === undefined) {
      const elements = structMembers(members, this.#body).filter(({ leaf }) => leaf !== undefined);
      this.#refuseOthers(new Set(elements.flatMap(({ child }) => child ?? [])));
      decoder.beginMembers(this.#plan, writer, prelude);
      replay.members(elements);
      decoder.endElement();
      return;
    }
    const element = this.#body.find(({ name }) => name.key === only.key);
    if (!element) return this.#context.fail('missing-element', `<${shownName(only.local)}> is missing`);
    this.#refuseOthers(new Set([element]));
    replay.element(element, only, undefined, (attributes) => {
      decoder.begin(only, attributes, writer, prelude);
    });
  }

  /** soap:Body itself is the member. */
  #content(writer: JsonWriter, prelude: string): void {
    const { only, members, bodyName } = this.#plan;
    const decoder = new ValueDecoder(this.#context);
    if (only !== undefined) decoder.begin(only, NO_ATTRIBUTES, writer, prelude);
    else {
      decoder.beginMembers(this.#plan, writer, prelude);
      decoder.startElement(bodyName, NO_ATTRIBUTES);
    }
    const [first] = members.children;
    const slot = only ?? (first?.kind === 'leaf' ? first.slot : undefined);
    if (slot) this.#replay(decoder).body(this.#body, slot.type);
    decoder.endElement();
    if (only === undefined) decoder.endElement();
  }

  /** Beside what the contract names, only what something may refer to stands in the Body. */
  #refuseOthers(expected: ReadonlySet<EncodedElement>): void {
    const other = this.#body.find((element) => !expected.has(element) && idOf(element) === undefined);
    if (other) this.#unexpected(other, 'the end of the Body');
  }

  #unexpected({ name }: EncodedElement, expected: string): never {
    const message = `<${shownName(name.local)}> is not expected here, but ${expected}`;
    return this.#context.fail('unexpected-element', message);
  }

  #replay(reader: ConstructorParameters<typeof Replay>[3]): Replay {
    return new Replay(this.#context, this.#place, this.#references, reader);
  }

  #fault(fault: EncodedElement): SoapFault {
    const reader = new FaultReader(this.#plan, this.#context);
    const replay = this.#replay(reader);
    reader.begin();
    this.#place.enter(fault, fault);
    for (const part of childrenOf(fault)) {
      if (part.name.local.toLowerCase() !== 'detail') replay.raw(part);
      else replay.wrapping(part, () => this.#detail(replay, part));
    }
    reader.endElement();
    this.#place.leave();
    return reader.result();
  }

  /** The first child may be declared; for a part of a type its namespace says nothing. */
  #detail(replay: Replay, detail: EncodedElement): void {
    childrenOf(detail).forEach((child, index) => {
      const declared = index === 0 ? this.#declaredFault(child) : undefined;
      if (declared) replay.element(child, declared.slot);
      else replay.raw(child);
    });
  }

  #declaredFault({ name }: EncodedElement): DeclaredFault | undefined {
    const { faults } = this.#plan;
    const exact = faults.get(name.key);
    return (
      exact ??
      [...faults.values()].find(({ slot }) => slot.name.namespace === '' && slot.local === name.local)
    );
  }
}

const NO_ATTRIBUTES = new AttributeList();
const RPC_NAMESPACE = 'http://www.w3.org/2003/05/soap-rpc';

/** SOAP 1.2 Part 2, 4.2.1: rpc:result names the accessor of the return value, which the contract does too. */
function withoutResult(children: readonly EncodedElement[]): EncodedElement[] {
  return children.filter(({ name }) => name.namespace !== RPC_NAMESPACE || name.local !== 'result');
}
