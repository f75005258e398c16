import { isPackage, parseMediaType, type MediaType } from '../../wsdl/index.ts';

export interface ContentType {
  /** Lower case, without parameters; '' if the header is missing. */
  readonly mediaType: string;
  /** Lower case, as RFC 7303 has it in priority over the XML declaration. */
  readonly charset?: string;
}

/** `text/xml; charset="UTF-8"` (RFC 9110, 8.3.1). */
export function parseContentType(header: string | undefined): ContentType {
  const [mediaType = '', ...parameters] = (header ?? '').split(';');
  const charset = parameters.map(charsetOf).find((value) => value !== undefined);
  return { mediaType: mediaType.trim().toLowerCase(), ...(charset !== undefined && { charset }) };
}

function charsetOf(parameter: string): string | undefined {
  return /^\s*charset\s*=\s*"?([^"\s]+)"?\s*$/i.exec(parameter)?.[1]?.toLowerCase();
}

/** The Content-Type of a MIME package; undefined if it is another. */
export function multipartOf(header: string | undefined): MediaType | undefined {
  const type = parseMediaType(header);
  return isPackage(type) ? type : undefined;
}

/** The media types of SOAP 1.1 and 1.2, and the general one of XML that some servers say instead. */
export function isSoap({ mediaType }: ContentType): boolean {
  return mediaType === 'text/xml' || mediaType === 'application/soap+xml' || mediaType === 'application/xml';
}

/** What a Content-Type says of an answer. */
export interface ReplyType {
  readonly contentType: ContentType;
  /** Of a MIME package. */
  readonly multipart: MediaType | undefined;
}

/** A service says the same few things again and again. */
const known = new Map<string | undefined, ReplyType>();
const MOST_KNOWN = 64;
/** One with a boundary that is new each time is not worth keeping. */
const LONGEST_KNOWN = 128;

/** `parseContentType` and `multipartOf` in one, remembered. */
export function describeReplyType(header: string | undefined): ReplyType {
  const remembered = known.get(header);
  if (remembered !== undefined) return remembered;
  const described = { contentType: parseContentType(header), multipart: multipartOf(header) };
  const isWorthIt = described.multipart === undefined && (header ?? '').length <= LONGEST_KNOWN;
  if (isWorthIt && known.size < MOST_KNOWN) known.set(header, described);
  return described;
}
