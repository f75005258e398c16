import type { Facets } from '../../contract.ts';
import type { QNameKey } from '../../qname.ts';
import type { JsonValue, ValueFaultCode } from '../codec.ts';
import type { CopyCertain } from './copy-certain.ts';

/** Why a value does not fit its simple type. The message names contract facts only, never the value. */
export class SimpleFault {
  readonly code: ValueFaultCode;
  readonly message: string;
  /** Index of the offending item, where the value is a list. */
  readonly item?: number;

  constructor(code: ValueFaultCode, message: string, item?: number) {
    this.code = code;
    this.message = message;
    if (item !== undefined) this.item = item;
  }
}

/** @returns the namespace bound to a prefix ('' for no namespace), undefined if the prefix is not bound. */
export type ResolvePrefix = (prefix: string) => string | undefined;

/** @returns a prefix bound to the namespace where the text will stand. */
export type DeclarePrefix = (namespace: string) => string;

/** A text, and the type that must be named by xsi:type beside it lest the text be read as another value. */
export interface TypedText {
  readonly text: string;
  readonly type?: QNameKey;
}

/** Translates the text of one simple type both ways, checking all its facets. */
export interface SimpleCodec {
  /** Text as it stands in XML, unescaped -> JSON text ready to be written, e.g. `"33.00"` with its quotes, `5`, `["a","b"]`. */
  fromXml(text: string, resolvePrefix: ResolvePrefix): string | SimpleFault;
  /** JSON value -> lexical form, unescaped. */
  toXml(value: JsonValue, declarePrefix: DeclarePrefix): string | SimpleFault;
  /** `toXml` where xsi:type can be written, of a union: most of what would be refused can then be said. */
  readonly toTypedXml?: (value: JsonValue, declarePrefix: DeclarePrefix) => TypedText | SimpleFault;
  /** Equal for two valid lexical forms exactly if they are the same value: numbers by value, all else by normalised string. */
  readonly canonical: (text: string) => string;
  readonly whiteSpace: Facets['whiteSpace'];
  /** Any string at all, unchanged: `fromXml` is `JSON.stringify`, so the text may be written piece by piece. */
  readonly isPlainText: boolean;
  /** Whether lexical forms may contain characters that XML escapes. */
  readonly needsEscape: boolean;
  /** Quick way for values that are surely valid. */
  readonly copy?: CopyCertain;
  /** Content that may travel as an attachment: in place of the text, or always, the text being a reference to it. */
  readonly binary?: 'base64' | 'swaRef';
  /** Whether the text may hold qualified names, so that namespace declarations are part of its meaning. */
  readonly usesNamespaces: boolean;
}
