import { createRequire } from 'node:module';
import type * as FastXmlParser from 'fast-xml-parser';

let library: typeof FastXmlParser | undefined;

/** Loaded when the first document is parsed: a start from stored contracts parses none. */
export function fastXmlParser(): typeof FastXmlParser {
  library ??= createRequire(import.meta.url)('fast-xml-parser') as typeof FastXmlParser;
  return library;
}
