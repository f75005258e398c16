import type { XMLParser } from 'fast-xml-parser';
import type { Limits } from '../limits.ts';
import { hasIllegalXmlCharacter } from '../xml/escape.ts';
import { findDoctype, withoutSchemaDoctype } from './doctype.ts';
import { fastXmlParser } from './fast-xml-parser.ts';
import type { Findings, SourcePoint } from './findings.ts';
import type { SourceText } from './source-text.ts';

/** A node as fast-xml-parser gives it with `preserveOrder`: one member named after the element, `#text` or `#cdata`. */
export interface RawNode {
  readonly [name: string]: unknown;
  readonly ':@'?: Readonly<Record<string, string>>;
}

const TOO_DEEP = 'Maximum nested tags exceeded';

/**
 * Text -> nodes, in order. What fast-xml-parser lets pass and XML 1.0 forbids is refused here and where elements are
 * built. The parser runs before its validator because only the parser stops at a depth.
 */
export function readXml(source: SourceText, limits: Limits, findings: Findings): RawNode[] | undefined {
  const at = (offset: number): SourcePoint => ({ location: source.locate(offset) });
  const text = withoutSchemaDoctype(source.text);
  const dtd = findDoctype(text);
  if (dtd >= 0) {
    findings.error(
      'XML_DTD_FORBIDDEN',
      at(dtd),
      'A document type declaration is not accepted. Remove it and write out its entities.',
    );
    return undefined;
  }
  const illegal = findIllegalCharacter(text);
  if (illegal >= 0) {
    findings.error(
      'XML_NOT_WELL_FORMED',
      at(illegal),
      'A character stands here that XML does not allow. Remove it.',
    );
    return undefined;
  }
  const crowded = findCrowdedTag(text, limits.maxAttributes);
  if (crowded >= 0) {
    const message = `The element has more than ${limits.maxAttributes} attributes.`;
    findings.error('XML_LIMIT', at(crowded), message);
    return undefined;
  }
  return parse(source, text, limits, findings);
}

/** A tag of a million attributes would cost the parser seconds and a gigabyte, so it never sees one. @returns -1 for none */
function findCrowdedTag(text: string, most: number): number {
  return text.search(new RegExp(`<[^<>"'!?/](?:[^<>"']*(?:"[^"]*"|'[^']*')){${most + 1}}`));
}

export function nodeOffset(node: RawNode): number {
  const metadata = fastXmlParser().XMLParser.getMetaDataSymbol() as unknown as keyof RawNode;
  return (node[metadata] as { startIndex?: number } | undefined)?.startIndex ?? 0;
}

/** @param text of the source, with what is not to be read blanked out: offsets are the same. */
function parse(source: SourceText, text: string, limits: Limits, findings: Findings): RawNode[] | undefined {
  const start = { location: source.locate(0) };
  let nodes: RawNode[] | undefined;
  let reason = 'it cannot be read';
  try {
    nodes = createParser(limits).parse(text) as RawNode[];
  } catch (error) {
    reason = (error as Error).message;
  }
  if (reason === TOO_DEEP) {
    const message = `Elements are nested more than ${limits.maxDepth} deep. Raise the limit if the document is trusted.`;
    findings.error('XML_LIMIT', start, message);
    return undefined;
  }
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- its successor is another package; the parser alone is lenient
  const verdict = fastXmlParser().XMLValidator.validate(text);
  if (verdict !== true) {
    const { line, col, msg } = verdict.err;
    const location = { uri: source.uri, line, column: col || 1 };
    findings.error('XML_NOT_WELL_FORMED', { location }, `This is not well-formed XML: ${shorten(msg)}`);
    return undefined;
  }
  if (!nodes) findings.error('XML_NOT_WELL_FORMED', start, `This is not well-formed XML: ${shorten(reason)}`);
  return nodes;
}

function createParser(limits: Limits): XMLParser {
  const { XMLParser } = fastXmlParser();
  return new XMLParser({
    preserveOrder: true,
    ignoreAttributes: false,
    attributeNamePrefix: '',
    parseTagValue: false,
    parseAttributeValue: false,
    trimValues: false,
    processEntities: false,
    captureMetaData: true,
    ignoreDeclaration: true,
    ignorePiTags: true,
    cdataPropName: '#cdata',
    maxNestedTags: limits.maxDepth,
  });
}

function shorten(message: string): string {
  const oneLine = message.replace(/\s+/g, ' ');
  return oneLine.length > 160 ? `${oneLine.slice(0, 160)}...` : oneLine;
}

const ILLEGAL_CHARACTER = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/;

function findIllegalCharacter(text: string): number {
  return hasIllegalXmlCharacter(text) ? Math.max(0, text.search(ILLEGAL_CHARACTER)) : -1;
}
