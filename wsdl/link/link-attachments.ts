import type { AttachmentPart, Body } from '../contract.ts';
import type { BindingMessageNode, MessageNode, MimeContentNode, PartNode } from '../parse/wsdl-nodes.ts';
import { didYouMean } from '../suggestion.ts';
import { jsonName } from './json-name.ts';
import type { LinkContext } from './link-context.ts';
import { NameScope } from './name-scope.ts';

/** A message part and how the binding sends it beside the envelope. */
export interface BoundAttachment {
  readonly part: PartNode;
  readonly mediaTypes: readonly string[];
}

/** The parts that mime:content takes out of the body (WSDL 1.1, 5.3); those that soap:body names stay in it. */
export function boundAttachments(
  link: LinkContext,
  message: MessageNode,
  binding: BindingMessageNode | undefined,
): BoundAttachment[] {
  const inBody = new Set(binding?.body?.parts ?? []);
  const bound = new Map<string, BoundAttachment>();
  for (const content of binding?.attachments ?? []) {
    const part = partOf(link, message, content);
    if (!part || inBody.has(part.name)) continue;
    const { mediaTypes = [] } = bound.get(part.name) ?? {};
    bound.set(part.name, { part, mediaTypes: [...new Set([...mediaTypes, ...content.mediaTypes])] });
  }
  return [...bound.values()];
}

/** Members of the message's JSON beside those of the body: what name is taken there gets a number here. */
export function nameAttachments(
  { style }: LinkContext,
  { members }: Body,
  bound: readonly BoundAttachment[],
): AttachmentPart[] {
  const scope = new NameScope(members.map((member) => member.jsonName));
  return bound.map(({ part: { name }, mediaTypes }) => ({
    name,
    jsonName: scope.take(jsonName(name, style)),
    mediaTypes,
  }));
}

function partOf(link: LinkContext, message: MessageNode, content: MimeContentNode): PartNode | undefined {
  const { part } = content;
  if (part === undefined && message.parts.length === 1) return message.parts[0];
  const found = message.parts.find(({ name }) => name === part);
  if (found) return found;
  const names = message.parts.map(({ name }) => name);
  const hint = part === undefined ? '' : didYouMean(part, names);
  link.findings.error(
    'WSDL_UNKNOWN_PART',
    content.source,
    part === undefined
      ? `<${content.source.rawName}> names no part of the message "${message.name}". Add the attribute "part".`
      : `The message "${message.name}" has no part "${part}".${hint || ' Correct the name.'}`,
  );
  return undefined;
}
