import type { SimpleCodec } from '../simple/simple-codec.ts';
import { escapeAttribute, escapeText } from '../../xml/escape.ts';
import { quote, type SourceWriter } from './source-writer.ts';
import { plainAttribute, plainText } from './text.ts';

/** A simple value in its place. */
export interface TextPlace {
  readonly codec: SimpleCodec;
  readonly kind: 'text' | 'attribute';
  readonly fixed?: string | undefined;
  /** Expressions for the value and its pointer. */
  readonly value: string;
  readonly pointer: string;
  /** Name of the `LocalPrefixes` in force; needed where the codec uses namespaces. */
  readonly prefixes?: string | undefined;
  /** Statement that takes the escaped text, an expression. */
  readonly take: (xml: string) => string;
}

/** Checks and escapes the value of `place`. */
export function generateText(writer: SourceWriter, place: TextPlace): void {
  const { codec, kind, fixed, value, take } = place;
  if (writer.mode === 'fast' && codec.isPlainText && fixed === undefined) {
    const escape = writer.constant(kind === 'text' ? plainText : plainAttribute);
    writer.line(take(`${escape}(${value})`));
  } else {
    generateChecked(writer, place);
  }
}

function generateChecked(writer: SourceWriter, place: TextPlace): void {
  const { codec, value, fixed, pointer, prefixes, take } = place;
  const text = writer.variable();
  const declare = codec.usesNamespaces ? `${prefixes ?? ''}.declare` : writer.constant(refusePrefix);
  writer.line(`const ${text} = ${writer.constant(codec)}.toXml(${value}, ${declare});`);
  const at =
    writer.mode === 'fast'
      ? '""'
      : `(${text}.item === undefined ? ${pointer} : ${pointer} + "/" + ${text}.item)`;
  writer.line(
    `if (typeof ${text} !== "string") { ${writer.faultSaying(at, `${text}.code`, `${text}.message`)} }`,
  );
  if (fixed !== undefined) {
    const fault = writer.fault(pointer, 'fixed', `must be ${JSON.stringify(fixed)}`);
    writer.line(`else if (${differsFrom(writer, codec, fixed, text, value)}) { ${fault} }`);
  }
  writer.line(`else { ${take(escaped(writer, place, text))} }`);
}

function escaped(writer: SourceWriter, { codec, kind }: TextPlace, text: string): string {
  if (!codec.needsEscape) return text;
  return `${writer.constant(kind === 'text' ? escapeText : escapeAttribute)}(${text})`;
}

/** Qualified names are compared in Clark notation, as JSON has them; all else by value. */
function differsFrom(
  writer: SourceWriter,
  codec: SimpleCodec,
  fixed: string,
  text: string,
  value: string,
): string {
  if (codec.usesNamespaces) return `${value} !== ${quote(fixed)}`;
  return `${writer.constant(codec)}.canonical(${text}) !== ${quote(codec.canonical(fixed))}`;
}

function refusePrefix(): never {
  throw new Error('Internal: a type without qualified names asked for a prefix');
}
