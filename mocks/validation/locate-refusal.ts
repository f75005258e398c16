import type { DecodeError, DecodeOptions, MessageCodec } from '../../wsdl/index.ts';
import { decodeText } from '../decode-text.ts';
import { localName } from '../scan-tags.ts';
import { chainAt, chainOf, stepOf, toTagTree } from './tag-tree.ts';

/** A place in a message: its line, from 1, and an XPath with the names as the message writes them. */
export interface MessagePlace {
  readonly line: number;
  readonly xpath: string;
}

/**
 * Where a decoder found what it refuses. It says so by local names alone; to learn the line, the message is decoded again,
 * piece by piece, until the decoder refuses it again. Only ever done for a message that is refused.
 */
export function locateRefusal(
  codec: MessageCodec,
  envelope: Uint8Array,
  options: DecodeOptions,
  { path }: DecodeError,
): MessagePlace {
  const xml = decodeText(envelope, options.charset);
  const tree = toTagTree(xml);
  const steps = path.split('/').slice(1);
  const noticed = noticedAt(codec, envelope, options);
  const upTo =
    noticed === undefined ? undefined : decodeText(envelope.subarray(0, noticed + 1), options.charset);
  const offset = upTo?.lastIndexOf('<');
  const chain = offset === undefined ? chainOf(tree, steps) : chainAt(tree, offset);
  const differs = steps.findIndex((step, index) => localName(chain[index]?.name ?? '') !== step);
  const shared = differs < 0 ? steps.length : differs;
  return {
    line: lineAt(xml, offset ?? chain.at(-1)?.start ?? 0),
    xpath: `/${[...chain.slice(0, shared).map(stepOf), ...steps.slice(shared)].join('/')}`,
  };
}

/** Bytes that are decoded at once on the way to the place. */
const STRIDE = 1024;

/** Offset of the byte at which the decoder refuses the message; undefined if only its end makes it do so. */
function noticedAt(codec: MessageCodec, envelope: Uint8Array, options: DecodeOptions): number | undefined {
  const rough = firstRefused(codec, envelope, options, 0, STRIDE);
  return rough === undefined ? undefined : firstRefused(codec, envelope, options, rough, 1);
}

/** Start of the first piece, of those from `from` on, that is refused. */
function firstRefused(
  codec: MessageCodec,
  envelope: Uint8Array,
  options: DecodeOptions,
  from: number,
  size: number,
): number | undefined {
  // The other decoder waits for the whole of a small message.
  const decoder = codec.createDecoder(() => undefined, { ...options, generalOnly: true });
  if (from > 0) decoder.write(envelope.subarray(0, from));
  for (let start = from; start < envelope.length; start += size) {
    try {
      decoder.write(envelope.subarray(start, start + size));
    } catch {
      return start;
    }
  }
  return undefined;
}

function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line++;
  return line;
}
