import { randomUUID } from 'node:crypto';
import type { SoapVersion } from '../qname.ts';
import type { Attachment, Packaging, StreamedAttachment } from './attachment.ts';
import { mediaTypeParameter } from './media-type.ts';

export interface PackageToWrite {
  readonly soapVersion: SoapVersion;
  /** SOAP 1.2 only: a parameter of the media type (RFC 3902). */
  readonly action?: string;
  readonly envelope: Uint8Array;
  readonly packaging: Packaging;
  readonly attachments: readonly (Attachment | StreamedAttachment)[];
  /** Default: a random one, so that no content can hold it by intent. */
  readonly boundary?: string;
}

export interface WrittenPackage {
  /** Value of the Content-Type field. */
  readonly contentType: string;
  /** The bytes at once, where every attachment is; else as they come, to be iterated once. */
  readonly body: Uint8Array | AsyncIterable<Uint8Array>;
}

const ROOT_ID = 'root@portico';
const SOAP_TYPE: Readonly<Record<SoapVersion, string>> = { '1.1': 'text/xml', '1.2': 'application/soap+xml' };

/**
 * A SOAP message with its attachments as multipart/related: the envelope first, all parts as they are (`binary`).
 * MTOM, 4.3 and XOP, 4.1 for `xop`; WS-I Attachments Profile 1.0 for `swa`.
 */
export function writePackage(message: PackageToWrite): WrittenPackage {
  const { boundary = `portico-${randomUUID()}` } = message;
  const pieces = [
    `--${boundary}\r\n${rootHeader(message)}`,
    message.envelope,
    ...message.attachments.flatMap(({ content, ...header }) => [
      `\r\n--${boundary}\r\n${partHeader(header)}`,
      content,
    ]),
    `\r\n--${boundary}--\r\n`,
  ].map((piece) => (typeof piece === 'string' ? Buffer.from(piece) : piece));
  const whole = pieces.filter((piece) => piece instanceof Uint8Array);
  const body = whole.length === pieces.length ? Buffer.concat(whole) : inOrder(pieces);
  return { contentType: packageType(message, boundary), body };
}

function packageType(message: PackageToWrite, boundary: string): string {
  const soap = SOAP_TYPE[message.soapVersion];
  const type = message.packaging === 'xop' ? 'application/xop+xml' : soap;
  return [
    'multipart/related',
    mediaTypeParameter('type', type),
    mediaTypeParameter('boundary', boundary),
    mediaTypeParameter('start', `<${ROOT_ID}>`),
    message.packaging === 'xop' ? mediaTypeParameter('start-info', soap) : '',
    actionParameter(message),
  ].join('');
}

function actionParameter({ soapVersion, action = '' }: PackageToWrite): string {
  return soapVersion === '1.2' && action !== '' ? mediaTypeParameter('action', action) : '';
}

function rootHeader(message: PackageToWrite): string {
  const soap = SOAP_TYPE[message.soapVersion];
  const type =
    message.packaging === 'xop'
      ? `application/xop+xml; charset=UTF-8${mediaTypeParameter('type', soap)}`
      : `${soap}; charset=UTF-8`;
  return header(`${type}${actionParameter(message)}`, ROOT_ID);
}

function partHeader({
  contentId,
  mediaType = 'application/octet-stream',
}: Omit<Attachment, 'content'>): string {
  return header(mediaType, contentId);
}

function header(type: string, contentId: string | undefined): string {
  const id = contentId === undefined ? '' : `Content-ID: <${oneLine(contentId)}>\r\n`;
  return `Content-Type: ${oneLine(type)}\r\nContent-Transfer-Encoding: binary\r\n${id}\r\n`;
}

/** Nothing in a value may end the header line. */
function oneLine(value: string): string {
  return value.replace(/[^\x20-\x7e]/g, '');
}

async function* inOrder(
  pieces: readonly (Uint8Array | AsyncIterable<Uint8Array>)[],
): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) {
    if (piece instanceof Uint8Array) yield piece;
    else yield* piece;
  }
}
