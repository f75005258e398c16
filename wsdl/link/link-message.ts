import type { Body, ElementParticle, FaultMessage, Message } from '../contract.ts';
import { SOAP_ENVELOPE_NAMESPACE, type QName, type SoapVersion } from '../qname.ts';
import type { SourcePoint } from '../parse/findings.ts';
import type {
  BindingMessageNode,
  MessageNode,
  OperationMessageNode,
  PartNode,
  SoapHeaderNode,
} from '../parse/wsdl-nodes.ts';
import type { ElementFacts } from './draft.ts';
import { globalElementFacts, unknownElementFacts } from './expand-particle.ts';
import type { LinkContext } from './link-context.ts';
import { boundAttachments, nameAttachments } from './link-attachments.ts';
import { nameElement } from './name-members.ts';
import { NameScope } from './name-scope.ts';
import { didYouMean } from '../suggestion.ts';
import type { WsdlSet } from './wsdl-set.ts';

export interface MessageContext {
  readonly link: LinkContext;
  readonly wsdl: WsdlSet;
  /** True if the JSON of a body element of this type can stand for the whole message. */
  readonly isObject: (type: ElementParticle) => boolean;
}

export interface MessagePlace {
  readonly style: 'document' | 'rpc';
  /** Local name of the wrapper of rpc style: the operation's, for its answer with `Response`. */
  readonly wrapper: string;
  readonly targetNamespace: string;
  readonly soapVersion: SoapVersion;
}

/** The message of an operation that has none in a direction: an empty body, or an rpc wrapper with nothing in it. */
export function emptyMessage(
  { style, wrapper, targetNamespace }: MessagePlace,
  binding: BindingMessageNode | undefined,
): Message {
  const name = { namespace: targetNamespace, local: wrapper };
  const body = { use: 'literal', members: [], shape: 'members' } as const;
  if (style === 'document') return { name, body: { kind: 'elements', ...body }, headers: [] };
  const namespace = binding?.body?.namespace ?? targetNamespace;
  return { name, body: { kind: 'rpc', wrapper: { namespace, local: wrapper }, ...body }, headers: [] };
}

/** @returns undefined if it cannot be linked: that is reported. */
export function linkMessage(
  context: MessageContext,
  abstract: OperationMessageNode,
  binding: BindingMessageNode | undefined,
  place: MessagePlace,
): Message | undefined {
  const message = context.wsdl.find('message', abstract.message);
  if (!message) return undefined;
  const headers = binding?.headers ?? [];
  const attachments = boundAttachments(context.link, message.node, binding);
  const parts = bodyParts(context, message.node, message.name, binding).filter(
    (part) => !attachments.some((bound) => bound.part === part),
  );
  const use = binding?.body?.use ?? 'literal';
  const body =
    place.style === 'rpc'
      ? rpcBody(context, parts, binding, place, use)
      : documentBody(context, parts, use, place.soapVersion);
  const linked = { name: message.name, body, headers: linkHeaders(context, headers) };
  if (attachments.length === 0) return linked;
  return {
    ...linked,
    body: { ...body, shape: 'members' },
    attachments: nameAttachments(context.link, body, attachments),
  };
}

/** What stands in the detail of the fault: its message has one part (WSDL 1.1, 3.6). */
export function linkFault(context: MessageContext, fault: OperationMessageNode): FaultMessage | undefined {
  const message = context.wsdl.find('message', fault.message);
  if (!message) return undefined;
  const [part, second] = message.node.parts;
  if (!part || second) {
    context.link.findings.warn(
      'WSDL_UNSUPPORTED',
      fault.source,
      `The message of a fault has exactly one part; that of "${fault.name ?? ''}" has ${message.node.parts.length}. The fault is left out.`,
    );
    return undefined;
  }
  const facts = partFacts(context, part);
  const detail = nameElement({ kind: 'element', min: 1, max: 1, facts }, new NameScope(), context.link.style);
  const { documentation } = fault;
  return {
    name: fault.name ?? message.name.local,
    ...(documentation !== undefined && { documentation }),
    detail,
  };
}

/** The parts that soap:body names; without names, all that no soap:header takes. */
function bodyParts(
  context: MessageContext,
  message: MessageNode,
  name: QName,
  binding: BindingMessageNode | undefined,
): PartNode[] {
  const named = binding?.body?.parts;
  if (named)
    return named.flatMap(
      (part) => findPart(context, message, part, binding.body?.source ?? binding.source) ?? [],
    );
  const inHeaders = new Set(
    (binding?.headers ?? [])
      .filter(
        (header) =>
          header.message?.name.local === name.local && header.message.name.namespace === name.namespace,
      )
      .map((header) => header.part),
  );
  return message.parts.filter((part) => !inHeaders.has(part.name));
}

function documentBody(
  context: MessageContext,
  parts: readonly PartNode[],
  use: Body['use'],
  soapVersion: SoapVersion,
): Body {
  const [part, other] = parts;
  const isContent = part !== undefined && !other && !part.element && use === 'literal';
  const members = linkMembers(context, parts);
  const [only, second] = members;
  const shape = only !== undefined && !second && context.isObject(only) ? 'value' : 'members';
  if (!isContent) {
    warnOfTypes(context, parts, use);
    return { kind: 'elements', use, members, shape };
  }
  const name = { namespace: SOAP_ENVELOPE_NAMESPACE[soapVersion], local: 'Body' };
  return { kind: 'content', use, members: members.map((member) => ({ ...member, name })), shape };
}

/** Of several parts none may name a type (WSDL 1.1, 3.5). */
function warnOfTypes(context: MessageContext, parts: readonly PartNode[], use: Body['use']): void {
  const typed = parts.find((part) => !part.element);
  if (!typed || use === 'encoded') return;
  context.link.findings.warn(
    'WSDL_UNSUPPORTED',
    typed.source,
    `The part "${typed.name}" of a document style message of several parts names a type, not an element (WSDL 1.1, 3.5). An element with the name of the part is sent; name an element if the service disagrees.`,
  );
}

/** A part that names an element stands in the wrapper as that element, as WSDL 1.1 has it; WS-I forbids it (BP 1.1, R2203). */
function rpcBody(
  context: MessageContext,
  parts: readonly PartNode[],
  binding: BindingMessageNode | undefined,
  place: MessagePlace,
  use: Body['use'],
): Body {
  const element = parts.find((part) => part.element);
  if (element) {
    context.link.findings.warn(
      'WSDL_UNSUPPORTED',
      element.source,
      `The part "${element.name}" of an rpc style message names an element, not a type (WS-I BP 1.1, R2203). The element is sent as it is; name a type if the service disagrees.`,
    );
  }
  const members = linkMembers(context, parts);
  const wrapper = { namespace: binding?.body?.namespace ?? place.targetNamespace, local: place.wrapper };
  return { kind: 'rpc', use, wrapper, members, shape: 'members' };
}

function linkMembers(context: MessageContext, parts: readonly PartNode[]): ElementParticle[] {
  const scope = new NameScope();
  return parts.map((part) => {
    const facts = partFacts(context, part);
    return nameElement({ kind: 'element', min: 1, max: 1, facts }, scope, context.link.style);
  });
}

/** A part by element, or by type: then as an unqualified element with the name of the part (WS-I BP 1.1 R2735). */
export function partFacts({ link }: Pick<MessageContext, 'link'>, part: PartNode): ElementFacts {
  if (part.element) {
    const element = link.schemas.find('element', part.element, 'WSDL_UNKNOWN_ELEMENT');
    return element ? globalElementFacts(link, element) : unknownElementFacts(part.element);
  }
  const name = { namespace: '', local: part.name };
  return {
    name,
    type: link.types.keyOf(part.type, { path: `{}/${part.name}`, label: part.name }, 'WSDL_UNKNOWN_TYPE'),
    nillable: false,
  };
}

function linkHeaders(context: MessageContext, headers: readonly SoapHeaderNode[]): ElementParticle[] {
  const scope = new NameScope();
  const found = headers.flatMap((header) => {
    const message = context.wsdl.find('message', header.message);
    const part = message && findPart(context, message.node, header.part, header.source);
    return part ? partFacts(context, part) : [];
  });
  return found.map((facts) =>
    nameElement({ kind: 'element', min: 0, max: 1, facts }, scope, context.link.style),
  );
}

function findPart(
  context: MessageContext,
  message: MessageNode,
  name: string,
  at: SourcePoint,
): PartNode | undefined {
  const found = message.parts.find((part) => part.name === name);
  if (!found) {
    const hint = didYouMean(
      name,
      message.parts.map((part) => part.name),
    );
    context.link.findings.tolerate(
      'WSDL_UNKNOWN_PART',
      at,
      `The message "${message.name}" has no part "${name}".${hint || ' Correct the name.'}`,
      'as missing: it is left out',
    );
  }
  return found;
}
