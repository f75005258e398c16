import type { ResolvePrefix, SimpleCodec } from '../simple/simple-codec.ts';

/** How the text of an element is read as a value of its simple type. */
export interface TextRule {
  readonly codec: SimpleCodec;
  /** What an empty element means (XSD 1.0 Part 1, 3.3.1). */
  readonly default: string | undefined;
  readonly fixed: string | undefined;
}

/** @returns JSON text, or undefined if the value is not valid. */
export function jsonOfText(rule: TextRule, text: string, resolve: ResolvePrefix): string | undefined {
  const { codec, fixed } = rule;
  const value = text === '' && rule.default !== undefined ? rule.default : text;
  const json = codec.fromXml(value, resolve);
  if (typeof json !== 'string') return undefined;
  return fixed === undefined || codec.canonical(value) === codec.canonical(fixed) ? json : undefined;
}
