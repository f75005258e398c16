import { bareContentId } from './content-id.ts';
import { parseMediaType, type MediaType } from './media-type.ts';
import { failMime } from './mime-error.ts';

/** What the header of a part says (RFC 2045, 3). */
export interface PartHeaders {
  /** Without its angle brackets; undefined if the part has none. */
  readonly contentId: string | undefined;
  readonly mediaType: MediaType;
  /** Lower case; `7bit` if not given. */
  readonly transferEncoding: string;
  /** Of the Content-Disposition (RFC 7578, 4.2): `name` of a form field. */
  readonly fieldName: string | undefined;
}

/** @param block the header lines of a part, each with its line end, folded ones (RFC 5322, 2.2.3) included. */
export function parsePartHeaders(block: string): PartHeaders {
  const fields = new Map<string, string>();
  for (const line of block.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    if (line !== '') addField(fields, line);
  }
  const contentId = fields.get('content-id');
  return {
    contentId: contentId === undefined ? undefined : bareContentId(contentId),
    mediaType: parseMediaType(fields.get('content-type')),
    transferEncoding: (fields.get('content-transfer-encoding') ?? '7bit').toLowerCase(),
    fieldName: parseMediaType(fields.get('content-disposition')).parameters.get('name'),
  };
}

/** A field that comes twice would mean one thing to us and another to the next reader. */
function addField(fields: Map<string, string>, line: string): void {
  const colon = line.indexOf(':');
  if (colon <= 0) failMime('a header line of a MIME part has no name');
  const name = line.slice(0, colon).trim().toLowerCase();
  if (name.startsWith('content-') && fields.has(name)) failMime(`a MIME part has two fields of one name`);
  fields.set(name, line.slice(colon + 1).trim());
}
