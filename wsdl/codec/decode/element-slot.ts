import type { ElementParticle } from '../../contract.ts';
import type { ExpandedName } from '../../xml/names.ts';
import type { SimpleCodec } from '../simple/simple-codec.ts';
import type { CompiledType, ContractTypes } from './contract-types.ts';
import type { TextRule } from './frame.ts';
import { memberText } from './json-writer.ts';

/** An element declaration with its type, which is compiled when first needed: types may be recursive. */
export class ElementSlot {
  readonly key: string;
  readonly name: ExpandedName;
  readonly local: string;
  readonly member: string;
  readonly nillable: boolean;
  /** Of a global declaration: see `ElementParticle`. */
  readonly isAbstract: boolean;
  readonly #particle: ElementParticle;
  readonly #types: ContractTypes;
  #type: CompiledType | undefined;
  #textRule: TextRule | undefined;

  constructor(particle: ElementParticle, key: string, types: ContractTypes) {
    this.key = key;
    this.name = { ...particle.name, key };
    this.local = particle.name.local;
    this.member = memberText(particle.jsonName);
    this.nillable = particle.nillable;
    this.isAbstract = particle.abstract === true;
    this.#particle = particle;
    this.#types = types;
  }

  get type(): CompiledType {
    return (this.#type ??= this.#types.compile(this.#particle.type));
  }

  /** How to read the text of the element as a value of some simple type (default and fixed: XSD 1.0 Part 1, 3.3.1). */
  textRule(codec: SimpleCodec): TextRule {
    if (this.#textRule?.codec === codec) return this.#textRule;
    const { default: absent, fixed } = this.#particle;
    this.#textRule = { codec, member: '', default: absent ?? fixed, fixed, narrower: undefined };
    return this.#textRule;
  }
}
