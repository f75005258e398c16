import { typeOf } from '../../builtin-types.ts';
import type { ComplexType, ElementParticle } from '../../contract.ts';
import { XSD_NAMESPACE, type QName, type QNameKey } from '../../qname.ts';
import type { JsonValue } from '../codec.ts';
import { output } from '../encode/byte-output.ts';
import type { EncoderTable } from '../encode/encoder-table.ts';
import { ENCODING_NAMESPACE } from '../encode/envelope.ts';
import { report, type FaultCollector } from '../encode/fault-collector.ts';
import { generateElement } from '../encode/generate-element.ts';
import { DEEPEST } from '../encode/generate-type.ts';
import type { TypeEncoder } from '../encode/type-encoder.ts';
import { onlyElement } from '../encode/unwrapped.ts';
import { typeName } from './accessor-type.ts';

/**
 * JSON array -> SOAP array with its size (SOAP 1.1, 5.4.2; SOAP 1.2 Part 2, 3.1.6). Several dimensions are arrays in arrays of
 * the same length, written in one row.
 */
export function encodeArray(table: EncoderTable, type: ComplexType): TypeEncoder {
  const dimensions = type.soapArray?.dimensions ?? 1;
  const item = innermostItem(table, type, dimensions);
  const encodeItem = table.compile((writer) => {
    generateElement({ table, writer }, item, 'v', 'p');
  });
  const attributes = arrayAttributes(table, item.type);
  return (value, depth, pointer, faults, at) => {
    if (depth > DEEPEST) {
      report(faults, pointer, 'depth', 'is nested too deep');
      return at;
    }
    const array = new ArrayRun(dimensions, encodeItem, depth, faults);
    array.at = output.text(at, `${attributes(sizesOf(value, dimensions))}>`);
    array.append(value, 0, pointer);
    return array.at;
  };
}

/** Of each dimension: that of the first array in it, like which all others have to be. */
function sizesOf(value: JsonValue | undefined, dimensions: number): number[] {
  if (dimensions === 0) return [];
  const items = Array.isArray(value) ? value : [];
  return [items.length, ...sizesOf(items[0], dimensions - 1)];
}

/** One value on its way to XML. */
class ArrayRun {
  /** Position in the output. */
  at = 0;
  readonly #dimensions: number;
  readonly #encodeItem: TypeEncoder;
  readonly #depth: number;
  readonly #faults: FaultCollector | undefined;
  /** Of each dimension, once met. */
  readonly #sizes: number[] = [];

  constructor(
    dimensions: number,
    encodeItem: TypeEncoder,
    depth: number,
    faults: FaultCollector | undefined,
  ) {
    this.#dimensions = dimensions;
    this.#encodeItem = encodeItem;
    this.#depth = depth;
    this.#faults = faults;
  }

  append(value: JsonValue, dimension: number, pointer: string): void {
    if (!Array.isArray(value)) this.#refuse(value, pointer);
    else if (this.#fits(value.length, dimension, pointer)) this.#appendItems(value, dimension, pointer);
  }

  #refuse(value: JsonValue, pointer: string): void {
    if (value === null) report(this.#faults, pointer, 'not-nillable', 'must not be null');
    else report(this.#faults, pointer, 'type', 'must be an array');
  }

  #fits(length: number, dimension: number, pointer: string): boolean {
    const size = (this.#sizes[dimension] ??= length);
    if (length === size) return true;
    report(this.#faults, pointer, 'occurrence', `must have ${size} items, as many as the arrays beside it`);
    return false;
  }

  #appendItems(items: readonly JsonValue[], dimension: number, pointer: string): void {
    const isInnermost = dimension === this.#dimensions - 1;
    for (let index = 0; index < items.length; index++) {
      const place = this.#faults === undefined ? '' : `${pointer}/${index}`;
      if (!isInnermost) this.append(items[index]!, dimension + 1, place);
      else this.at = this.#encodeItem(items[index]!, this.#depth, place, this.#faults, this.at);
    }
  }
}

/** The element that stands for one item of all dimensions together. */
function innermostItem(table: EncoderTable, type: ComplexType, dimensions: number): ElementParticle {
  const item = onlyElement(type);
  return dimensions > 1 ? innermostItem(table, table.complexType(item.type), dimensions - 1) : item;
}

/** Attributes that say what and how many; also in literal messages, where the type declares them all the same. */
function arrayAttributes(table: EncoderTable, items: QNameKey): (sizes: readonly number[]) => string {
  const namespace = ENCODING_NAMESPACE[table.encoding ?? '1.1'];
  const attribute = (local: string, value: string): string =>
    ` ${table.prefixes.tagName({ namespace, local })}="${value}"`;
  if (table.encoding === '1.2') {
    const itemType = attribute('itemType', table.prefixes.tagName(nameOf(table, items)));
    return (sizes) => itemType + attribute('arraySize', sizes.join(' '));
  }
  const type = arrayType(table, items);
  return (sizes) => attribute('arrayType', `${type}[${sizes.join(',')}]`);
}

/** `xs:string[]` for items that are arrays without a name. */
function arrayType(table: EncoderTable, items: QNameKey): string {
  const type = typeOf(table.contract, items);
  if (type.qname || type.kind === 'simple' || !type.soapArray)
    return table.prefixes.tagName(nameOf(table, items));
  const { dimensions } = type.soapArray;
  const inner = innermostItem(table, type, dimensions).type;
  return `${arrayType(table, inner)}[${','.repeat(dimensions - 1)}]`;
}

function nameOf(table: EncoderTable, key: QNameKey): QName {
  const anything = { namespace: XSD_NAMESPACE, local: 'anyType' };
  return typeName(table, typeOf(table.contract, key)) ?? anything;
}
