import type { Binding, FaultMessage, Operation } from '../contract.ts';
import type {
  BindingNode,
  BindingOperationNode,
  PortTypeNode,
  PortTypeOperationNode,
  SoapBindingNode,
} from '../parse/wsdl-nodes.ts';
import { linkFault, linkMessage, type MessageContext } from './link-message.ts';
import { didYouMean } from '../suggestion.ts';
import type { Named } from './wsdl-set.ts';

/** @returns undefined for a binding to another protocol than SOAP, or to a portType that is not there: that is reported. */
export function linkBinding(
  context: MessageContext,
  { name, node }: Named<BindingNode>,
): Binding | undefined {
  const { findings } = context.link;
  const { soap } = node;
  if (!soap) {
    findings.warn(
      'WSDL_UNSUPPORTED',
      node.source,
      `The binding "${name.local}" is not for SOAP. It is left out.`,
    );
    return undefined;
  }
  const portType = context.wsdl.find('portType', node.portType);
  if (!portType) return undefined;
  const pairs = pairOperations(context, node, portType.node);
  const ids = new Set<string>();
  const operations = pairs.flatMap(([bound, abstract]) => {
    const operation = linkOperation(context, soap, bound, abstract, name.namespace);
    return operation ? [{ ...operation, id: uniqueId(operation.name, ids) }] : [];
  });
  return {
    name,
    portType: portType.name,
    soapVersion: soap.soapVersion,
    transport: soap.transport,
    ...(node.mtom && { mtom: true }),
    operations,
  };
}

function linkOperation(
  context: MessageContext,
  soap: SoapBindingNode,
  bound: BindingOperationNode,
  abstract: PortTypeOperationNode,
  targetNamespace: string,
): Omit<Operation, 'id'> | undefined {
  if (!isCallable(context, abstract) || !abstract.input) return undefined;
  const style = bound.style ?? soap.style;
  const place = { style, wrapper: bound.name, targetNamespace };
  const input = linkMessage(context, abstract.input, bound.input, place);
  const output =
    abstract.output &&
    linkMessage(context, abstract.output, bound.output, { ...place, wrapper: `${bound.name}Response` });
  if (!input || (abstract.output && !output)) return undefined;
  const documentation = abstract.documentation ?? bound.documentation;
  return {
    name: bound.name,
    ...(documentation !== undefined && { documentation }),
    soapAction: bound.soapAction,
    style,
    input,
    ...(output && { output }),
    faults: abstract.faults
      .map((fault) => linkFault(context, fault))
      .filter((fault): fault is FaultMessage => fault !== undefined),
  };
}

function isCallable({ link }: MessageContext, { kind, name, source }: PortTypeOperationNode): boolean {
  if (kind === 'request-response' || kind === 'one-way') return true;
  link.findings.warn(
    'WSDL_UNSUPPORTED',
    source,
    `"${name}" is a ${kind} operation: the service would call. It is left out.`,
  );
  return false;
}

type Pair = readonly [BindingOperationNode, PortTypeOperationNode];

/** Overloads are told apart by the names of their messages (WSDL 1.1, 2.5), else by their order. */
function pairOperations(context: MessageContext, binding: BindingNode, portType: PortTypeNode): Pair[] {
  const seen = new Map<string, number>();
  return binding.operations.flatMap((bound): Pair[] => {
    const overloads = portType.operations.filter(({ name }) => name === bound.name);
    const index = seen.get(bound.name) ?? 0;
    seen.set(bound.name, index + 1);
    const named =
      overloads.length > 1 ? overloads.find((abstract) => hasSameMessages(bound, abstract)) : undefined;
    const found = named ?? overloads[index] ?? overloads[0];
    if (!found) reportUnknown(context, bound, portType);
    return found ? [[bound, found]] : [];
  });
}

function hasSameMessages(bound: BindingOperationNode, abstract: PortTypeOperationNode): boolean {
  if (bound.input?.name === undefined && bound.output?.name === undefined) return false;
  const same = (given: string | undefined, declared: string | undefined, byDefault: string): boolean =>
    given === undefined || given === (declared ?? byDefault);
  return (
    same(bound.input?.name, abstract.input?.name, `${abstract.name}Request`) &&
    same(bound.output?.name, abstract.output?.name, `${abstract.name}Response`)
  );
}

function reportUnknown(
  { link }: MessageContext,
  { name, source }: BindingOperationNode,
  portType: PortTypeNode,
): void {
  const hint = didYouMean(
    name,
    portType.operations.map((operation) => operation.name),
  );
  link.findings.error(
    'WSDL_UNKNOWN_OPERATION',
    source,
    `The portType "${portType.name}" has no operation "${name}".${hint || ' Correct the name.'}`,
  );
}

function uniqueId(name: string, ids: Set<string>): string {
  let id = name;
  for (let number = 2; ids.has(id); number++) id = `${name}${number}`;
  ids.add(id);
  return id;
}
