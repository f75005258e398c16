import type { Contract, Operation } from '../../wsdl/index.ts';
import type { EventValue, PublishMapping, RoutePublish } from '../publish.ts';
import type { RouteMapping, RouteParameter } from '../route.ts';
import type { Report } from './mapping-problem.ts';
import { resolveMember } from './resolve-member.ts';

const VALUE = /^(input|output|token)\.(.+)$/s;

/** The event that a row publishes. */
export function planPublish(
  contract: Contract,
  operation: Operation,
  { publish, method }: RouteMapping,
  parameters: readonly RouteParameter[],
  report: Report,
): { readonly publish?: RoutePublish } {
  if (publish === undefined) return {};
  if (publish.event.trim() === '') report(['publish', 'event'], 'The event needs a name.');
  if (method === 'GET')
    report(['publish'], 'A GET changes nothing, so that there is nothing to tell of: remove this.');
  checkFormat(operation, publish, report);
  const value = (field: readonly string[], written: string): EventValue | undefined => {
    const planned = toValue(contract, operation, written);
    if (typeof planned !== 'string') return planned;
    report(['publish', ...field], planned);
    return undefined;
  };
  const { event, format = 'json', key, subject, attributes = {} } = publish;
  const named = key === undefined ? undefined : value(['key'], key);
  const about = subject === undefined ? undefined : value(['subject'], subject);
  const further = Object.entries(attributes).flatMap(([name, written]) => {
    const planned = value(['attributes', name], written);
    return planned === undefined ? [] : [[name, planned] as const];
  });
  return {
    publish: {
      event,
      format,
      key: key === undefined ? ofPath(parameters) : named === undefined ? [] : [named],
      tellsKey: key !== undefined,
      ...(about && { subject: about }),
      attributes: Object.fromEntries(further),
    },
  };
}

/** What events of one resource have in common. */
function ofPath(parameters: readonly RouteParameter[]): EventValue[] {
  return parameters
    .filter((parameter) => parameter.in === 'path')
    .map(({ member }) => ({ from: 'input', path: member }));
}

/** An XML document has one element at its top. */
function checkFormat({ output }: Operation, { format }: PublishMapping, report: Report): void {
  if (format !== 'xml') return;
  const { body, attachments = [] } = output ?? {};
  const isOneElement = body?.kind === 'rpc' || (body?.kind === 'elements' && body.members.length === 1);
  if (!isOneElement || attachments.length > 0)
    report(['publish', 'format'], 'The output is not one element, so that it is no XML document: use json.');
}

/** `input.<member>`, `output.<member>`, `token.<claim>`. @returns a sentence on what is wrong otherwise. */
function toValue(contract: Contract, operation: Operation, written: string): EventValue | string {
  const [, from, rest = ''] = VALUE.exec(written) ?? [];
  if (from === undefined)
    return `"${written}" is no value of an event: write input.<member>, output.<member> or token.<claim>.`;
  if (from === 'token') return { from, claim: rest };
  const message = from === 'input' ? operation.input : operation.output;
  if (message === undefined) return `"${operation.id}" has no output.`;
  const found = resolveMember(contract, message, rest);
  return typeof found === 'string' ? found : { from: from as 'input' | 'output', path: found.path };
}
