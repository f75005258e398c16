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
  /** Write what stands around the text; before it, all prefixes that it needs are known. */
  readonly before: () => void;
  readonly after: () => void;
}

/** Checks, escapes and writes the value of `place`. */
export function generateText(writer: SourceWriter, place: TextPlace): void {
  if (place.codec.usesNamespaces) {
    generateChecked(writer, place, (xml) => {
      writeAround(writer, place, xml);
    });
    return;
  }
  place.before();
  if (isAttachable(place)) generateBinary(writer, place);
  else if (writer.mode === 'fast' && (place.fixed ?? place.absent) === undefined) generateFast(writer, place);
  else generateWritten(writer, place);
  place.after();
}

function writeAround(writer: SourceWriter, place: TextPlace, xml: string): void {
  place.before();
  writer.text(xml);
  place.after();
}

/** XOP 1.0, 3.1 takes only whole element content out of the document; a reference may stand in an attribute, too. */
function isAttachable({ codec: { binary }, kind, fixed }: TextPlace): boolean {
  if (binary === 'swaRef') return true;
  return binary === 'base64' && kind === 'text' && fixed === undefined;
}

function generateBinary(writer: SourceWriter, place: TextPlace): void {
  const { codec, value, pointer } = place;
  const xml = writer.variable();
  const sink = writer.constant(writer.attachments);
  writer.line(`const ${xml} = ${sink}.encode(${writer.constant(codec)}, ${value});`);
  const fault = writer.faultSaying(pointer, `${xml}.code`, `${xml}.message`);
  writer.line(`if (typeof ${xml} !== "string") { ${fault} }`);
  refuseEmpty(writer, place, xml);
  writer.line('else {');
  writer.text(xml);
  writer.line('}');
}

/** Most values are copied with a look at each character; what that refuses is checked at length. */
function generateFast(writer: SourceWriter, place: TextPlace): void {
  const { codec, value } = place;
  if (!codec.copy) {
    generateAtLength(writer, place);
    return;
  }
  const end = writer.variable();
  writer.line(`const ${end} = ${writer.constant(codec.copy)}(${value}, B, at);`);
  writer.line(`if (${end} >= 0) at = ${end}; else {`);
  generateAtLength(writer, place);
  writer.line('}');
}

function generateAtLength(writer: SourceWriter, place: TextPlace): void {
  const { codec, kind, value } = place;
  if (!codec.isPlainText) generateWritten(writer, place);
  else writer.text(`${writer.constant(kind === 'text' ? plainText : plainAttribute)}(${value})`);
}

function generateWritten(writer: SourceWriter, place: TextPlace): void {
  generateChecked(writer, place, (xml) => {
    writer.text(xml);
  });
}

/** @param take writes the escaped text, an expression. */
function generateChecked(writer: SourceWriter, place: TextPlace, take: (xml: string) => void): void {
  const { codec, kind, value, fixed, pointer, prefixes } = place;
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
      writer.line(`else if (${value} !== ${text}) {`);
      take(quote(escapedText(kind, fixed)));
      writer.line('}');
    }
  }
  refuseEmpty(writer, place, text);
  writer.line('else {');
  take(escaped(writer, place, text));
  writer.line('}');
}

/** A further branch of the `if` before it. */
function refuseEmpty(writer: SourceWriter, { absent, pointer }: TextPlace, text: string): void {
  if (absent === undefined || absent === '') return;
  writer.line(`else if (${text} === "") { ${writer.fault(pointer, 'lexical', notEmpty(absent))} }`);
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
