import { escapeAttribute } from '../../xml/escape.ts';
import { Tokenizer } from '../../xml/tokenizer.ts';
import { XmlError } from '../../xml/xml-error.ts';
import type { XmlHandler } from '../../xml/xml-handler.ts';
import { DecodeError } from '../codec.ts';
import { DecodeContext } from '../decode/decode-context.ts';
import type { ElementSlot } from '../decode/element-slot.ts';
import { createJsonBuffer } from '../decode/json-writer.ts';
import type { CompiledPlan } from '../decode/message-plan.ts';
import { ValueDecoder } from '../decode/value-decoder.ts';
import type { DecodeState } from './decode-state.ts';
import { endOfElement } from './end-of-element.ts';
import { putJson } from './read-text.ts';
import { surprise } from './surprise.ts';
import { STRANGE_PREFIX } from './xml-bindings.ts';

/** Has single elements read by the general decoder's parts: those of types that keep raw XML, and declared header blocks. */
export class GeneralReader {
  /** Position behind the element read last. */
  end = 0;
  readonly envelopeNamespace: string;
  readonly #plan: CompiledPlan;

  constructor(plan: CompiledPlan) {
    this.#plan = plan;
    this.envelopeNamespace = plan.envelopeNamespace;
  }

  /** @param from of the `<` of its start tag. @returns the JSON text of its value. */
  read(state: DecodeState, from: number, slot: ElementSlot): string {
    // What a text mentions may be a prefix that was declared without being expected.
    if ((state.scope & STRANGE_PREFIX) !== 0) surprise(state, 0);
    this.end = endOfElement(state, from);
    try {
      return this.#decode(state, state.bytes.subarray(from, this.end), slot);
    } catch (error) {
      if (error instanceof XmlError || error instanceof DecodeError) surprise(state, 0);
      throw error;
    }
  }

  #decode(state: DecodeState, element: Uint8Array, slot: ElementSlot): string {
    const writer = createJsonBuffer();
    const limits = { ...state.limits, maxDepth: state.deepest - state.depth };
    const context = new DecodeContext(this.#plan, limits);
    const value = new ValueDecoder(context);
    const tokenizer = new Tokenizer(
      handlerOf(state, value, (attributes) => {
        value.begin(slot, attributes, writer);
      }),
      {
        limits,
        names: this.#plan.types.names,
      },
    );
    context.xml = tokenizer;
    tokenizer.write(Buffer.from(`<x${declarations(state)}>`));
    tokenizer.write(element);
    return writer.take();
  }
}

/** The first element stands for all that is around; the second is the one to be read. */
function handlerOf(
  state: DecodeState,
  value: ValueDecoder,
  begin: (attributes: Parameters<XmlHandler['startElement']>[1]) => void,
): XmlHandler {
  let depth = 0;
  return {
    startElement(name, attributes) {
      depth += 1;
      if (depth > 1) state.elements += 1;
      if (depth === 2) begin(attributes);
      else if (depth > 2) value.startElement(name, attributes);
    },
    text(text, blank) {
      value.text(text, blank);
    },
    endElement() {
      depth -= 1;
      value.endElement();
    },
  };
}

function declarations({ bindings, scope }: DecodeState): string {
  return bindings
    .inForce(scope)
    .filter(([prefix, uri]) => prefix !== 'xml' && uri !== '')
    .map(([prefix, uri]) => ` xmlns${prefix === '' ? '' : `:${prefix}`}="${escapeAttribute(uri)}"`)
    .join('');
}

/** The value of the element whose start tag is at `from`. @returns the position behind its end tag. */
export function readGeneral(state: DecodeState, from: number, slot: ElementSlot): number {
  putJson(state, state.general.read(state, from, slot));
  return state.general.end;
}
