import {
  DecodeError,
  defaultLimits,
  openPackage,
  partNameOf,
  type DecodeOptions,
  type JsonValue,
  type MediaType,
  type MessageCodec,
  type MimePart,
  type Operation,
  type SoapFault,
} from '../../wsdl/index.ts';

/** The content of one member, as it comes. `content` is missing where the message has no such member, or it is nil. */
export interface BinaryAnswer {
  readonly kind: 'binary';
  readonly content?: AsyncGenerator<Uint8Array, void>;
}

type Fault = { readonly kind: 'fault'; readonly fault: SoapFault };

/** The connector bounds the bytes of the package; what is held in memory is bounded here. */
const STREAMING = { ...defaultLimits, maxBytes: Infinity, maxPartBytes: Infinity };

/**
 * Decodes the envelope of a package and finds the content of the member in it: in memory, or as the part of the package that
 * is still to be read. @throws DecodeError
 */
export async function openBinaryAnswer(
  codec: MessageCodec,
  operation: Operation,
  body: AsyncIterable<Uint8Array>,
  multipart: MediaType,
  member: readonly string[],
): Promise<BinaryAnswer | Fault> {
  const { envelope, charset, before, rest } = await openPackage(body, multipart, STREAMING, defaultLimits);
  try {
    const options: DecodeOptions = { attachments: before, defersAttachments: true };
    const decoded = codec.decode(envelope, charset === undefined ? options : { ...options, charset });
    if (decoded.kind === 'fault') {
      await rest.return(undefined);
      return decoded;
    }
    const value = memberAt(decoded.json, member);
    if (typeof value === 'object' && value !== null && '@attachment' in value)
      return {
        kind: 'binary',
        content: contentOf(await findPart(rest, value['@attachment'] as string, operation, member), rest),
      };
    await rest.return(undefined);
    return binaryOf(value);
  } catch (error) {
    await rest.return(undefined);
    throw error;
  }
}

/** The member of a message that came whole. */
export function binaryAnswer(json: Uint8Array, member: readonly string[]): BinaryAnswer {
  return binaryOf(memberAt(json, member));
}

function binaryOf(value: JsonValue | undefined): BinaryAnswer {
  if (typeof value !== 'string') return { kind: 'binary' };
  return { kind: 'binary', content: inMemory(Buffer.from(value, 'base64')) };
}

function memberAt(json: Uint8Array, path: readonly string[]): JsonValue | undefined {
  let value = JSON.parse(Buffer.from(json).toString()) as JsonValue | undefined;
  for (const name of path) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    value = value[name];
  }
  return value;
}

/** By its Content-ID; a message part bound to mime:content by its name, or else the next part (see `DecodeOptions`). */
async function findPart(
  parts: AsyncGenerator<MimePart>,
  contentId: string,
  { output }: Operation,
  [member]: readonly string[],
): Promise<MimePart> {
  const name = output?.attachments?.find(({ jsonName }) => jsonName === member)?.name;
  for (let next = await parts.next(); next.done !== true; next = await parts.next()) {
    const { contentId: id } = next.value;
    if (contentId === '' ? (partNameOf(id) ?? name) === name : id === contentId) return next.value;
  }
  throw new DecodeError('missing-attachment', '', 'an attachment that the message refers to is missing');
}

async function* contentOf(
  { content }: MimePart,
  rest: AsyncGenerator<MimePart>,
): AsyncGenerator<Uint8Array, void> {
  try {
    yield* content;
    // To the end: only then is it known that nothing was cut off.
    while ((await rest.next()).done !== true);
  } finally {
    await rest.return(undefined);
  }
}

async function* inMemory(bytes: Uint8Array): AsyncGenerator<Uint8Array, void> {
  yield await Promise.resolve(bytes);
}
