import { typeOf } from '../../builtin-types.ts';
import type { ComplexType, Contract } from '../../contract.ts';
import { SOAP_ENVELOPE_NAMESPACE, type QNameKey } from '../../qname.ts';
import type { DecodePlan } from '../decode/message-plan.ts';
import { ContractTypes } from '../decode/contract-types.ts';
import { onlyElement } from '../encode/unwrapped.ts';
import { compileSimpleType } from '../simple/compile-simple-type.ts';
import { matchLiteral } from './byte-literal.ts';
import { copiedType } from './copied-type.ts';
import type { DecodeState } from './decode-state.ts';
import { DecoderSource, FunctionSource } from './decoder-source.ts';
import { generateAttributes } from './generate-attributes.ts';
import { generateElement, generateText } from './generate-element.ts';
import { generateStream } from './generate-stream.ts';
import { generateMessage } from './generate-message.ts';
import { alwaysMembers, generateParticle, isNullable } from './generate-model.ts';
import type { GeneratedType, Generation } from './generation.ts';
import { readGeneral } from './general-reader.ts';
import { readText } from './read-text.ts';
import { surprise } from './surprise.ts';
import { skipSpace } from './tag-scan.ts';
import { closeValue, readTagged, type ComplexContent, type ReadContent } from './tagged-element.ts';
import { jsonOfText, type TextRule } from './text-rule.ts';
import type { XmlBindings } from './xml-bindings.ts';

const ENVELOPE_NAMESPACES: ReadonlySet<string> = new Set(Object.values(SOAP_ENVELOPE_NAMESPACE));

/** Generates the decoder of one message for certain namespace bindings. */
export function generateDecoder(plan: DecodePlan, bindings: XmlBindings): GeneratedDecoder {
  const generator = new DecoderGenerator(plan.contract, bindings);
  const read = generateMessage(generator, plan);
  const stream = generateStream(generator, plan);
  generator.finish();
  return generator.decoder.evaluate(
    `{ read: ${read}, stream: ${stream ?? 'undefined'} }`,
  ) as GeneratedDecoder;
}

/** Both read from behind the start tag of the Body. */
export interface GeneratedDecoder {
  /** Reads all at once. @returns the position behind the Envelope. */
  readonly read: ReadContent;
  /** Reads piece by piece; undefined for messages without a long array. */
  readonly stream: ((state: DecodeState) => Iterator<number, void>) | undefined;
}

class DecoderGenerator implements Generation {
  readonly contract: Contract;
  readonly types: ContractTypes;
  readonly bindings: XmlBindings;
  readonly decoder = new DecoderSource();
  readonly #complexTypes = new Map<QNameKey, GeneratedType | undefined>();
  readonly #pending: GeneratedType[] = [];
  readonly #valueFunctions = new Map<string, string>();

  constructor(contract: Contract, bindings: XmlBindings) {
    this.contract = contract;
    this.types = ContractTypes.of(contract);
    this.bindings = bindings;
    this.#import('fail', surprise);
    this.#import('skip', skipSpace);
    this.#import('tagged', readTagged);
    this.#import('close', closeValue);
    this.#import('readText', readText);
    this.#import('general', readGeneral);
  }

  complexType(key: QNameKey): GeneratedType | undefined {
    if (this.#complexTypes.has(key)) return this.#complexTypes.get(key);
    const definition = typeOf(this.contract, key);
    const generated = definition.kind === 'complex' ? this.#declare(definition) : undefined;
    this.#complexTypes.set(key, generated);
    if (generated !== undefined) this.#pending.push(generated);
    return generated;
  }

  addFunction(fill: (into: FunctionSource) => void, name: string = this.decoder.name('f')): string {
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

  copyOf(key: QNameKey, rule: TextRule): string | undefined {
    if (rule.fixed !== undefined || rule.default !== undefined) return undefined;
    const copied = copiedType(this.contract, key);
    if (copied === undefined) return undefined;
    if (copied.kind === 'values') return `${this.#valueFunction(key, copied.values, '<')}(s, p)`;
    return `${this.decoder.constant(copied.copy)}(${['s', 'p', ...copied.args.map((arg) => this.#argument(arg))].join(', ')})`;
  }

  #argument(value: unknown): string {
    return typeof value === 'number' ? String(value) : this.decoder.constant(value);
  }

  attributeValues(key: QNameKey): string | undefined {
    const copied = copiedType(this.contract, key);
    return copied?.kind === 'values' ? this.#valueFunction(key, copied.values, '"') : undefined;
  }

  /** The bodies of all functions that are called, and of those that they call. */
  finish(): void {
    for (let type = this.#pending.pop(); type !== undefined; type = this.#pending.pop()) {
      const { definition, members } = type;
      this.addFunction((into) => {
        this.#generateMembers(into, definition);
      }, members);
      this.decoder.add(`${this.decoder.constant(type.content)}.members = ${members};`);
    }
  }

  #import(name: string, value: unknown): void {
    this.decoder.add(`const ${name} = ${this.decoder.constant(value)};`);
  }

  #declare(definition: ComplexType): GeneratedType | undefined {
    const compiled = this.types.compile(definition.key);
    if (compiled.kind !== 'complex' || isGeneral(definition)) return undefined;
    const content: ComplexContent = {
      kind: 'complex',
      typeKey: definition.key,
      typeName: `"@type":${JSON.stringify(definition.name)}`,
      isAbstract: definition.abstract,
      isUnwrapped: definition.unwrapped,
      attributes: compiled.attributes,
      required: compiled.required.length,
      emptyMembers: this.#emptyMembers(definition),
      members: (state, from) => surprise(state, from),
    };
    return {
      definition,
      content,
      members: this.decoder.name('m'),
      attributes: generateAttributes(this, definition),
    };
  }

  #emptyMembers({ content, unwrapped }: ComplexType): string | undefined {
    if (content.kind === 'simple') {
      const json = jsonOfText(this.#contentRule(content), '', () => undefined);
      return json === undefined ? undefined : `${JSON.stringify(content.jsonName)}:${json}`;
    }
    if (content.kind !== 'elements') return '';
    if (!isNullable(content.model)) return undefined;
    return unwrapped ? '' : alwaysMembers(content.model).join('').slice(0, -1);
  }

  #contentRule(content: ComplexType['content'] & { kind: 'simple' }): TextRule {
    const { fixed, default: absent = fixed } = content;
    return { codec: compileSimpleType(this.contract, content.type), default: absent, fixed };
  }

  #generateMembers(into: FunctionSource, definition: ComplexType): void {
    const { content } = definition;
    if (content.kind === 'simple') {
      into.put(`${JSON.stringify(content.jsonName)}:`);
      generateText(this, into, content.type, this.#contentRule(content));
    } else if (content.kind === 'elements') {
      if (definition.unwrapped) generateElement(this, into, onlyElement(definition), false);
      else generateParticle(this, into, content.model);
    }
  }

  #valueFunction(key: QNameKey, values: readonly (readonly [string, string])[], end: '<' | '"'): string {
    const known = this.#valueFunctions.get(key + end);
    if (known !== undefined) return known;
    const name = this.decoder.name('e');
    this.#valueFunctions.set(key + end, name);
    const cases = values.map(([text, json]) => {
      const part = new FunctionSource(this.decoder);
      part.put(`${json},`);
      return `if (${matchLiteral(text + end, 'p')}) { ${part.toString()} return p + ${text.length}; }`;
    });
    this.decoder.add(
      [
        `function ${name}(s, p) {`,
        'const b = s.bytes, w = s.view; let q = 0, o;',
        ...cases,
        'return -1; }',
      ].join('\n'),
    );
    return name;
  }
}

/** Types that keep raw XML, or have attributes of their own in a namespace whose attributes SOAP allows anywhere. */
function isGeneral({ content, attributes }: ComplexType): boolean {
  return content.kind === 'mixed' || attributes.some(({ name }) => ENVELOPE_NAMESPACES.has(name.namespace));
}
