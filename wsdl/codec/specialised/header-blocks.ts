import type { ElementParticle } from '../../contract.ts';
import { qnameKey } from '../../qname.ts';
import { memberText } from '../decode/json-writer.ts';
import type { CompiledPlan, DecodePlan } from '../decode/message-plan.ts';
import { FAIL } from './decoder-source.ts';
import type { DecodeState } from './decode-state.ts';
import { readGeneral } from './general-reader.ts';
import { generateUnlessTooMuch } from './generate-decoder.ts';
import { generateValue, openTest } from './generate-element.ts';
import { generateUnit } from './generate-unit.ts';
import { GeneratedTypes } from './generated-types.ts';
import { Surprise } from './surprise.ts';
import type { ReadContent } from './tagged-element.ts';
import type { XmlBindings } from './xml-bindings.ts';

/** A block of soap:Header that the contract declares. */
export interface HeaderBlock {
  /** JSON before its value. */
  readonly member: string;
  /** Reads the element at a position, by code generated for the bindings around the header, and writes its value as JSON. */
  readonly read: ReadContent;
  /** The same by the general decoder's parts, for a block that declares namespaces. */
  readonly readGenerally: ReadContent;
}

/** The declared blocks of a message by name, under the bindings of its envelope. Code for each is made when it first comes. */
export function headerBlocks(
  plan: DecodePlan,
  { headers: slots, encoded }: CompiledPlan,
  bindings: XmlBindings,
): ReadonlyMap<string, HeaderBlock> {
  const { headers } = plan.message;
  return new Map(
    headers.map((element) => {
      const key = qnameKey(element.name.namespace, element.name.local);
      const readGenerally: ReadContent = (state, from) => readGeneral(state, from, slots.get(key)!);
      let generated: ReadContent | undefined;
      const read: ReadContent = (state, from) => {
        generated ??= encoded ? readGenerally : (generate(plan, bindings, element) ?? readGenerally);
        return readUnlessStrange(state, from, generated, readGenerally);
      };
      return [key, { member: memberText(element.jsonName), read, readGenerally }];
    }),
  );
}

function generate(
  { contract }: DecodePlan,
  bindings: XmlBindings,
  element: ElementParticle,
): ReadContent | undefined {
  return generateUnlessTooMuch(() =>
    generateUnit(GeneratedTypes.of(contract, bindings, false), (generation) =>
      generation.addFunction((into) => {
        into.line(`if (!${openTest(generation, element.name)}) ${FAIL};`);
        generateValue(generation, into, element);
      }),
    ),
  ) as ReadContent | undefined;
}

/** What the generated code does not read is left to the general decoder's parts: the Body may be plain all the same. */
function readUnlessStrange(
  state: DecodeState,
  from: number,
  generated: ReadContent,
  readGenerally: ReadContent,
): number {
  const { used, depth, elements, scope } = state;
  try {
    return generated(state, from);
  } catch (error) {
    if (!(error instanceof Surprise) || generated === readGenerally) throw error;
    Object.assign(state, { used, depth, elements, scope, isEmpty: false });
    return readGenerally(state, from);
  }
}
