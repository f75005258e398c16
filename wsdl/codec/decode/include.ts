import type { Attributes } from '../../xml/attributes.ts';
import type { ExpandedName } from '../../xml/names.ts';
import { XOP_NAMESPACE } from '../attachments/attachment-sink.ts';
import type { ReceivedContent } from '../attachments/received-attachments.ts';
import type { DecodeContext } from './decode-context.ts';
import type { Frame } from './frame.ts';
import { memberText, type JsonWriter } from './json-writer.ts';
import type { AttachmentPart } from '../../contract.ts';

/**
 * Whether the element is an xop:Include that stands for content (XOP 1.0, 3.2): in place of base64Binary text, and in raw XML
 * if there are attachments.
 */
export function isInclude({ namespace, local }: ExpandedName, frame: Frame, context: DecodeContext): boolean {
  if (local !== 'Include' || namespace !== XOP_NAMESPACE) return false;
  if (frame.raw !== undefined) return context.attachments.areThere;
  return frame.mode === 'text' && frame.text?.codec.binary === 'base64';
}

/** What an xop:Include refers to. @throws DecodeError */
export function includedContent(
  { count, names, values }: Attributes,
  context: DecodeContext,
): ReceivedContent {
  const href = names
    .slice(0, count)
    .findIndex(({ namespace, local }) => namespace === '' && local === 'href');
  return context.contentAt(values[href] ?? '');
}

/** Members of the message whose content travels beside the envelope. @throws DecodeError */
export function writeAttachments(
  members: readonly AttachmentPart[],
  writer: JsonWriter,
  context: DecodeContext,
): void {
  const names = members.map(({ name }) => name);
  for (const { name, jsonName } of members) {
    const { json } = context.attachments.ofPart(name, names, (code, message) => context.fail(code, message));
    writer.member(memberText(jsonName));
    writer.value(json);
  }
}
