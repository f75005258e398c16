import { isAlias, isMap, isScalar, isSeq, type Node, type Scalar } from 'yaml';
import { closestName, type JsonValue } from '../../../wsdl/index.ts';
import type { YamlSource } from './yaml-source.ts';

const MOST_ALIASES = 100;
const DEEPEST = 200;

/**
 * A value in a scenario file that knows where it stands. What a reader asks for and does not find is written down as a
 * problem, and undefined comes back: reading goes on, so that all problems are told at once.
 */
export class YamlNode {
  readonly #source: YamlSource;
  readonly #node: Node | null;
  /** Where to point if there is no node: the end of the key. */
  readonly #offset: number;
  readonly #depth: number;

  constructor(source: YamlSource, node: unknown, offset: number, depth = 0) {
    this.#source = source;
    this.#depth = depth;
    this.#node = resolveAlias(source, node as Node | null);
    this.#offset = (node as Node | null)?.range?.[0] ?? offset;
    if (depth > DEEPEST) this.#node = null;
  }

  get place(): { readonly file: string; readonly line: number; readonly column: number } {
    const { line, col } = this.#source.lines.linePos(this.#offset);
    return { file: this.#source.file, line, column: col };
  }

  /** Writes down a problem at this place; `shift` characters into it. */
  fail(message: string, shift = 0): void {
    const place = this.place;
    // Within a quoted text there is a quote first; beyond a line nobody counts.
    const quoted = isScalar(this.#node) && /^QUOTE/.test(this.#node.type ?? '') ? 1 : 0;
    const isInLine = isScalar(this.#node) && !/^BLOCK/.test(this.#node.type ?? '');
    const column = shift > 0 && isInLine ? place.column + quoted + shift : place.column;
    this.#source.problems.push({ ...place, column, message });
  }

  get isMap(): boolean {
    return isMap(this.#node);
  }

  get isList(): boolean {
    return isSeq(this.#node);
  }

  /** The text of a scalar as it is written, numbers to their last digit; undefined for null, maps and lists. */
  get text(): string | undefined {
    if (!isScalar(this.#node) || this.#node.value === null) return undefined;
    return textOf(this.#node);
  }

  /** Of a scalar that is a text, not a number that looks like one. */
  get isText(): boolean {
    return isScalar(this.#node) && typeof this.#node.value === 'string';
  }

  /** A scalar as JSON has it. */
  get scalar(): string | number | boolean | null | undefined {
    if (this.#node === null) return null;
    if (!isScalar(this.#node)) return undefined;
    const { value } = this.#node;
    return typeof value === 'bigint' ? Number(value) : (value as string | number | boolean | null);
  }

  readText(what = 'a text'): string | undefined {
    const { text } = this;
    if (text !== undefined && text !== '') return text;
    this.fail(`must be ${what}`);
    return undefined;
  }

  readNumber(least: number, most: number): number | undefined {
    const value = this.scalar;
    if (typeof value === 'number' && value >= least && value <= most) return value;
    this.fail(`must be a number from ${least} to ${most}`);
    return undefined;
  }

  readInteger(least: number, most: number): number | undefined {
    const value = this.scalar;
    if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value;
    this.fail(`must be a whole number from ${least} to ${most}`);
    return undefined;
  }

  readBoolean(): boolean | undefined {
    const value = this.scalar;
    if (typeof value === 'boolean') return value;
    this.fail('must be true or false');
    return undefined;
  }

  readOneOf<Name extends string>(names: readonly Name[]): Name | undefined {
    const { text } = this;
    const found = names.find((name) => name === text);
    if (found === undefined) this.fail(`must be one of ${names.join(', ')}${suggestion(text ?? '', names)}`);
    return found;
  }

  readList(what = 'a list'): YamlNode[] {
    if (isSeq(this.#node)) return this.#node.items.map((child) => this.#child(child));
    this.fail(`must be ${what}`);
    return [];
  }

  /** Members in their order. `known`: the only names there may be. */
  readMap(known?: readonly string[]): Map<string, YamlNode> {
    const members = new Map<string, YamlNode>();
    if (!isMap(this.#node)) {
      this.fail(known ? `must be a map with ${known.join(', ')}` : 'must be a map');
      return members;
    }
    for (const { key, value } of this.#node.items) {
      const name = isScalar(key) ? textOf(key) : '';
      const keyNode = this.#child(key);
      if (known && !known.includes(name))
        keyNode.fail(
          `unknown key "${name}"${suggestion(name, known) || `; known here: ${known.join(', ')}`}`,
        );
      else members.set(name, new YamlNode(this.#source, value, keyNode.#offset, this.#depth + 1));
    }
    return members;
  }

  /** The whole as JSON, without templates. */
  toJson(): JsonValue {
    if (this.isMap)
      return Object.fromEntries([...this.readMap()].map(([name, node]) => [name, node.toJson()]));
    if (this.isList) return this.readList().map((node) => node.toJson());
    return this.scalar ?? null;
  }

  #child(node: unknown): YamlNode {
    return new YamlNode(this.#source, node, this.#offset, this.#depth + 1);
  }
}

function textOf({ value, source }: Scalar): string {
  return typeof value === 'number' || typeof value === 'bigint' ? (source ?? String(value)) : String(value);
}

function resolveAlias(source: YamlSource, node: Node | null): Node | null {
  if (!isAlias(node)) return node;
  source.aliases += 1;
  const target = source.aliases > MOST_ALIASES ? undefined : node.resolve(source.document);
  if (target !== undefined) return target;
  const { line, col } = source.lines.linePos(node.range?.[0] ?? 0);
  const message =
    source.aliases > MOST_ALIASES
      ? 'has too many aliases'
      : `there is no anchor "&${node.source}" before this alias`;
  if (source.aliases <= MOST_ALIASES + 1)
    source.problems.push({ file: source.file, line, column: col, message });
  return null;
}

export function suggestion(name: string, known: Iterable<string>): string {
  const closest = closestName(name, known);
  return closest === undefined ? '' : `; did you mean "${closest}"?`;
}
