import { ANY_TYPE, typeOf } from '../../builtin-types.ts';
import type { ComplexType, Contract, ElementParticle } from '../../contract.ts';
import type { QNameKey, SoapVersion } from '../../qname.ts';
import { attachmentSink, type AttachmentSink } from '../attachments/attachment-sink.ts';
import { encodeArray } from '../encoded/encode-array.ts';
import { encodeAnyType } from './any-type.ts';
import { encodeDerived } from './derived-types.ts';
import { generateType, type TypeForm } from './generate-type.ts';
import { encodeNillable } from './nillable.ts';
import { isPolymorphic } from './polymorphism.ts';
import { prefixesOf, type Prefixes } from './prefixes.ts';
import { SourceWriter, type EncoderMode } from './source-writer.ts';
import type { TypeEncoder } from './type-encoder.ts';

/**
 * The encoders of a contract's complex types, by slot. A slot exists before its encoder, which is compiled at its first
 * call, so recursive types end and types never used cost nothing.
 */
export class EncoderTable {
  readonly contract: Contract;
  readonly mode: EncoderMode;
  /** The SOAP version whose encoding applies (SOAP 1.1, 5; SOAP 1.2 Part 2, 3); undefined for literal messages. */
  readonly encoding: SoapVersion | undefined;
  readonly prefixes: Prefixes;
  readonly attachments: AttachmentSink;
  readonly functions: TypeEncoder[] = [];
  readonly #slots = new Map<string, number>();

  constructor(contract: Contract, mode: EncoderMode, encoding: SoapVersion | undefined) {
    this.contract = contract;
    this.mode = mode;
    this.encoding = encoding;
    this.prefixes = prefixesOf(contract, encoding);
    this.attachments = attachmentSink(contract);
  }

  /** Encoder for an element of a complex type: null, `@type` and all. */
  slotOfElement({ type, nillable }: ElementParticle): number {
    if (!nillable) return this.#slotOfDeclared(type, 'full');
    return this.#slot(`nillable ${type}`, () => {
      const [full, nil] = [this.#slotOfDeclared(type, 'full'), this.#slotOfDeclared(type, 'nil')];
      return encodeNillable(this.functions, full, nil);
    });
  }

  /** Encoder for values of exactly this type; with `hasTypeMember` they may say so with `@type`. */
  slotOfType(key: QNameKey, form: TypeForm, hasTypeMember: boolean): number {
    const extras = [...(hasTypeMember ? ['@type'] : []), ...(form === 'nil' ? ['@nil'] : [])];
    const isArray = this.complexType(key).soapArray !== undefined && form === 'full';
    if (isArray) return this.#slot(`array ${key}`, () => encodeArray(this, this.complexType(key)));
    return this.#slot(`${form} ${String(hasTypeMember)} ${key}`, () =>
      this.compile((writer) => {
        generateType({ table: this, writer }, this.complexType(key), form, extras);
      }),
    );
  }

  /** A function from source written by `generate`. */
  compile(generate: (writer: SourceWriter) => void): TypeEncoder {
    const writer = new SourceWriter(this.mode, this.attachments);
    generate(writer);
    return writer.toFunction();
  }

  complexType(key: QNameKey): ComplexType {
    const type = typeOf(this.contract, key);
    if (type.kind !== 'complex')
      throw new Error(`Internal: ${key} of the contract "${this.contract.name}" is no complex type`);
    return type;
  }

  /** Encoder for values whose declared type this is. */
  #slotOfDeclared(key: QNameKey, form: TypeForm): number {
    if (key === ANY_TYPE) return this.#slot(`${form} any`, () => encodeAnyType(this, form));
    if (!isPolymorphic(this.complexType(key))) return this.slotOfType(key, form, false);
    return this.#slot(`${form} declared ${key}`, () => encodeDerived(this, this.complexType(key), form));
  }

  #slot(name: string, compile: () => TypeEncoder): number {
    const known = this.#slots.get(name);
    if (known !== undefined) return known;
    const slot = this.functions.length;
    this.#slots.set(name, slot);
    this.functions.push((...args) => {
      const encode = compile();
      this.functions[slot] = encode;
      return encode(...args);
    });
    return slot;
  }
}

const tables = new WeakMap<Contract, Map<string, EncoderTable>>();

/** @param encoding see `EncoderTable.encoding` */
export function encoderTable(contract: Contract, mode: EncoderMode, encoding?: SoapVersion): EncoderTable {
  const ofContract = tables.get(contract) ?? new Map<string, EncoderTable>();
  tables.set(contract, ofContract);
  const key = `${mode} ${encoding ?? ''}`;
  const table = ofContract.get(key) ?? new EncoderTable(contract, mode, encoding);
  ofContract.set(key, table);
  return table;
}
