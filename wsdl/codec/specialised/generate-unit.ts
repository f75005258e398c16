import { matchLiteral } from './byte-literal.ts';
import { copiedType, type CopiedType, type CopyValue } from './copied-type.ts';
import type { DecodeState } from './decode-state.ts';
import { DecoderSource, FunctionSource } from './decoder-source.ts';
import { readEncoded } from './encoded-element.ts';
import { readGeneral } from './general-reader.ts';
import type { GeneratedTypes } from './generated-types.ts';
import type { GeneratedType, Generation, ValueEnd } from './generation.ts';
import { readText } from './read-text.ts';
import { surprise } from './surprise.ts';
import { skipSpace } from './tag-scan.ts';
import { closeValue, readTagged } from './tagged-element.ts';
import type { QNameKey } from '../../qname.ts';
import type { Contract } from '../../contract.ts';
import type { ContractTypes } from '../decode/contract-types.ts';
import type { XmlBindings } from './xml-bindings.ts';

/**
 * Generates functions that are compiled together.
 *
 * @param fill adds them. @returns the value of the expression that `fill` returns.
 */
export function generateUnit(types: GeneratedTypes, fill: (generation: Generation) => string): unknown {
  const unit = new Unit(types);
  return unit.decoder.evaluate(fill(unit));
}

class Unit implements Generation {
  readonly contract: Contract;
  readonly types: ContractTypes;
  readonly bindings: XmlBindings;
  readonly encoded: boolean;
  readonly decoder = new DecoderSource();
  readonly #generated: GeneratedTypes;

  constructor(generated: GeneratedTypes) {
    this.contract = generated.contract;
    this.types = generated.types;
    this.bindings = generated.bindings;
    this.encoded = generated.encoded;
    this.#generated = generated;
    this.#import('fail', surprise);
    this.#import('skip', skipSpace);
    this.#import('tagged', this.encoded ? readEncoded : readTagged);
    this.#import('close', closeValue);
    this.#import('readText', readText);
    this.#import('general', readGeneral);
  }

  complexType(key: QNameKey): GeneratedType | undefined {
    return this.#generated.find(key);
  }

  addFunction(fill: (into: FunctionSource) => void): string {
    const name = this.decoder.name('f');
    const into = new FunctionSource(this.decoder);
    fill(into);
    this.decoder.add(
      [
        `function ${name}(s, p) {`,
        `const b = s.bytes, w = s.view, room = ${into.literalBytes}; let c = 0, r = 0, q = 0, n = 0, o;`,
        'if (++s.depth > s.deepest) fail(s, p); s.ensure(room);',
        into.toString(),
        's.elements += n; s.depth--; return p; }',
      ].join('\n'),
    );
    return name;
  }

  copyOf(key: QNameKey, end: ValueEnd): string | undefined {
    const copied = copiedType(this.contract, key, end);
    if (copied === undefined) return undefined;
    if (copied.kind === 'values') return `${this.decoder.constant(this.#copyValues(key, copied, end))}(s, p)`;
    const args = ['s', 'p', ...copied.args.map((arg) => this.#argument(arg))];
    return `${this.decoder.constant(copied.copy)}(${args.join(', ')})`;
  }

  copyValue(key: QNameKey, end: ValueEnd): CopyValue | undefined {
    const copied = copiedType(this.contract, key, end);
    if (copied === undefined) return undefined;
    if (copied.kind === 'values') return this.#copyValues(key, copied, end);
    const known = this.#generated.values.get(key + end);
    const copy = known ?? bindArguments(copied);
    this.#generated.values.set(key + end, copy);
    return copy;
  }

  #argument(value: unknown): string {
    return typeof value === 'number' ? String(value) : this.decoder.constant(value);
  }

  #import(name: string, value: unknown): void {
    this.decoder.add(`const ${name} = ${this.decoder.constant(value)};`);
  }

  #copyValues(key: QNameKey, { values }: CopiedType & { kind: 'values' }, end: ValueEnd): CopyValue {
    const known = this.#generated.values.get(key + end);
    if (known !== undefined) return known;
    const copy = generateValues(values, end);
    this.#generated.values.set(key + end, copy);
    return copy;
  }
}

/** Spreading the arguments would cost as much as copying a short value; no function has more than these. */
function bindArguments(copied: CopiedType & { kind: 'call' }): CopyValue {
  const copy = copied.copy as (state: DecodeState, from: number, ...args: unknown[]) => number;
  const [a, b, c, d, e] = copied.args;
  return (state, from) => copy(state, from, a, b, c, d, e);
}

/** A function of its own, which all that have values of the type share. */
function generateValues(
  values: readonly (readonly [text: string, json: string])[],
  end: ValueEnd,
): CopyValue {
  const decoder = new DecoderSource();
  const cases = values.map(([text, json]) => {
    const part = new FunctionSource(decoder);
    part.put(`${json},`);
    return `if (${matchLiteral(text + end, 'p')}) { ${part.toString()} return p + ${text.length}; }`;
  });
  decoder.add(
    ['function copy(s, p) {', 'const b = s.bytes, w = s.view; let q = 0, o;', ...cases, 'return -1; }'].join(
      '\n',
    ),
  );
  return decoder.evaluate('copy') as CopyValue;
}
