import { ANY_TYPE, typeOf } from '../../builtin-types.ts';
import type { AttributeUse, ComplexType, Contract, ElementParticle } from '../../contract.ts';
import { qnameKey, type QNameKey } from '../../qname.ts';
import { compileSimpleType } from '../simple/compile-simple-type.ts';
import type { SimpleCodec } from '../simple/simple-codec.ts';
import { ModelGroup } from './content-model.ts';
import type { ElementSlot } from './element-slot.ts';
import { memberText } from './json-writer.ts';

/** How the values of one type are read. */
export type TypeReader = SimpleReader | ComplexReader | AnyTypeReader;

export interface SimpleReader {
  readonly kind: 'simple';
  readonly key: QNameKey;
  readonly codec: SimpleCodec;
  /** `@type` of this type in an element of xs:anyType. */
  readonly typeName: string;
}

export interface ComplexReader {
  readonly kind: 'complex';
  readonly key: QNameKey;
  readonly type: ComplexType;
  readonly attributes: ReadonlyMap<string, AttributeReader>;
  readonly required: readonly AttributeReader[];
  /** Element content; undefined for empty, simple and mixed content. */
  readonly model: ModelGroup | undefined;
  /** Codec of simple content. */
  readonly text: SimpleCodec | undefined;
}

export interface AnyTypeReader {
  readonly kind: 'any';
  readonly key: QNameKey;
}

export interface AttributeReader {
  readonly use: AttributeUse;
  readonly member: string;
  readonly codec: SimpleCodec;
}

const tablesByContract = new WeakMap<Contract, ReaderTable>();

/** The readers of a contract's types, each made when it is first needed and shared by all its messages. */
export class ReaderTable {
  readonly contract: Contract;
  readonly #readers = new Map<QNameKey, TypeReader>();

  private constructor(contract: Contract) {
    this.contract = contract;
  }

  static of(contract: Contract): ReaderTable {
    const known = tablesByContract.get(contract) ?? new ReaderTable(contract);
    tablesByContract.set(contract, known);
    return known;
  }

  reader(key: QNameKey): TypeReader {
    const known = this.#readers.get(key);
    if (known !== undefined) return known;
    const reader = this.#create(key);
    this.#readers.set(key, reader);
    return reader;
  }

  /** The reader of a type that an xsi:type names; undefined if neither the contract nor XML Schema has it. */
  namedReader(key: QNameKey): TypeReader | undefined {
    try {
      return this.reader(key);
    } catch (error) {
      if (error instanceof UnknownTypeError) return undefined;
      throw error;
    }
  }

  slot(particle: ElementParticle): ElementSlot {
    const reader = (): TypeReader => this.reader(particle.type);
    return {
      key: qnameKey(particle.name.namespace, particle.name.local),
      particle,
      get reader() {
        return reader();
      },
    };
  }

  #create(key: QNameKey): TypeReader {
    if (key === ANY_TYPE) return { kind: 'any', key };
    const type = this.#typeOf(key);
    if (type.kind === 'complex') return this.#createComplex(type);
    return { kind: 'simple', key, codec: compileSimpleType(this.contract, key), typeName: type.name };
  }

  #typeOf(key: QNameKey): ReturnType<typeof typeOf> {
    try {
      return typeOf(this.contract, key);
    } catch (error) {
      throw new UnknownTypeError(key, { cause: error });
    }
  }

  #createComplex(type: ComplexType): ComplexReader {
    const readers = type.attributes.map((use) => ({
      use,
      member: memberText(use.jsonName),
      codec: compileSimpleType(this.contract, use.type),
    }));
    const { content } = type;
    return {
      kind: 'complex',
      key: type.key,
      type,
      attributes: new Map(readers.map((one) => [qnameKey(one.use.name.namespace, one.use.name.local), one])),
      required: readers.filter((one) => one.use.required),
      // Slots find their readers when met, so recursive types end here.
      model:
        content.kind === 'elements'
          ? new ModelGroup(content.model, { parent: undefined, index: 0 }, (particle) => this.slot(particle))
          : undefined,
      text: content.kind === 'simple' ? compileSimpleType(this.contract, content.type) : undefined,
    };
  }
}

class UnknownTypeError extends Error {
  override readonly name = 'UnknownTypeError';
}
