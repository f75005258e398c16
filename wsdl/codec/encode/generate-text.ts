import type { SimpleCodec } from '../simple/simple-codec.ts';
import { escapeAttribute, escapeText } from '../../xml/escape.ts';
import { quote, type SourceWriter } from './source-writer.ts';
import { plainAttribute, plainText } from './text.ts';

/** A simple value in its place. */
export interface TextPlace {
  readonly codec: SimpleCodec;
  readonly kind: 'text' | 'attribute';
  readonly fixed?: string | undefined;
  /** Default of an element: what an empty one means, so that none can be written empty (XSD 1.0 Part 1, 3.3.1). */
  readonly absent?: string | undefined;
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
  const { codec, kind, fixed, absent, value, take } = place;
  if (writer.mode === 'fast' && codec.isPlainText && (fixed ?? absent) === undefined) {
    const escape = writer.constant(kind === 'text' ? plainText : plainAttribute);
    writer.line(take(`${escape}(${value})`));
  } else if (isAttachable(place)) {
    generateBinary(writer, place);
  } else {
    generateChecked(writer, place);
  }
}

/** XOP 1.0, 3.1 takes only whole element content out of the document; a reference may stand in an attribute, too. */
function isAttachable({ codec: { binary }, kind, fixed }: TextPlace): boolean {
  if (binary === 'swaRef') return true;
  return binary === 'base64' && kind === 'text' && fixed === undefined;
}

function generateBinary(writer: SourceWriter, { codec, value, pointer, take }: TextPlace): void {
  const xml = writer.variable();
  const sink = writer.constant(writer.attachments);
  writer.line(`const ${xml} = ${sink}.encode(${writer.constant(codec)}, ${value});`);
  const fault = writer.faultSaying(pointer, `${xml}.code`, `${xml}.message`);
  writer.line(`if (typeof ${xml} !== "string") { ${fault} } else { ${take(xml)} }`);
}

function generateChecked(writer: SourceWriter, place: TextPlace): void {
  const { codec, fixed, absent, value, take } = place;
  if (writer.mode !== 'fast' || codec.isCertain === undefined || (fixed ?? absent) !== undefined) {
    generateSlowly(writer, place);
    return;
  }
  writer.line(
    `if (typeof ${value} === "string" && ${writer.constant(codec.isCertain)}(${value})) { ${take(value)} } else {`,
  );
  generateSlowly(writer, place);
  writer.line('}');
}

function generateSlowly(writer: SourceWriter, place: TextPlace): void {
  const { codec, kind, value, fixed, absent, pointer, prefixes, take } = place;
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
    // What JSON has in another form than XML gets the contract's spelling: of `0` and `false` some validators take only that.
    if (!codec.usesNamespaces) {
      const spelled = quote(escapedText(kind, fixed));
      writer.line(`else if (${value} !== ${text}) { ${take(spelled)} }`);
    }
  }
  if (absent !== undefined && absent !== '') {
    writer.line(`else if (${text} === "") { ${writer.fault(pointer, 'lexical', notEmpty(absent))} }`);
  }
  writer.line(`else { ${take(escaped(writer, place, text))} }`);
}

function escapedText(kind: TextPlace['kind'], text: string): string {
  return kind === 'text' ? escapeText(text) : escapeAttribute(text);
}

function escaped(writer: SourceWriter, { codec, kind }: TextPlace, text: string): string {
  if (!codec.needsEscape) return text;
  return `${writer.constant(kind === 'text' ? escapeText : escapeAttribute)}(${text})`;
}

/** Why an element that has a default cannot be empty. */
export function notEmpty(absent: string): string {
  return `must not be empty: an empty element means its default, ${JSON.stringify(absent)}`;
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
