import type { Binding, FaultMessage, Operation } from '../contract.ts';
import type {
  BindingNode,
  BindingOperationNode,
  PortTypeNode,
  PortTypeOperationNode,
  SoapBindingNode,
} from '../parse/wsdl-nodes.ts';
import type { QName } from '../qname.ts';
import { defaultAction } from './default-action.ts';
import { emptyMessage, linkFault, linkMessage, type MessageContext } from './link-message.ts';
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
  const portType = node.portType
    ? context.wsdl.find('portType', node.portType)
    : portTypeByOperations(context, node);
  if (!portType) return undefined;
  const pairs =
    node.operations.length > 0
      ? pairOperations(context, node, portType.node)
      : unboundOperations(context, node, portType.node);
  const ids = new Set<string>();
  const operations = pairs.flatMap(([bound, abstract]) => {
    const operation = linkOperation(context, soap, bound, abstract, name.namespace, portType.name);
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

/** Lenient mode takes a binding without `type` for that of the only portType with all its operations. */
function portTypeByOperations(
  { link: { findings }, wsdl }: MessageContext,
  { source, operations }: BindingNode,
): Named<PortTypeNode> | undefined {
  const [only, second] = wsdl.portTypes().filter(({ node }) => {
    const names = new Set(node.operations.map(({ name }) => name));
    return operations.length > 0 && operations.every(({ name }) => names.has(name));
  });
  const found = second ? undefined : only;
  findings.tolerate(
    'WSDL_MISSING_ATTRIBUTE',
    source,
    `<${source.rawName}> lacks the attribute "type". Add it.`,
    found ? `for a binding of the portType "${found.name.local}"` : 'as missing: the binding is left out',
  );
  return findings.isLenient ? found : undefined;
}

function linkOperation(
  context: MessageContext,
  soap: SoapBindingNode,
  bound: BindingOperationNode,
  abstract: PortTypeOperationNode,
  targetNamespace: string,
  portType: QName,
): Omit<Operation, 'id'> | undefined {
  const style = bound.style ?? soap.style;
  const place = { style, wrapper: bound.name, targetNamespace, soapVersion: soap.soapVersion };
  const input = abstract.input
    ? linkMessage(context, abstract.input, bound.input, place)
    : emptyMessage(place, bound.input);
  const output =
    abstract.output &&
    linkMessage(context, abstract.output, bound.output, { ...place, wrapper: `${bound.name}Response` });
  if (!input || (abstract.output && !output)) return undefined;
  const documentation = abstract.documentation ?? bound.documentation;
  return {
    name: bound.name,
    ...(documentation !== undefined && { documentation }),
    soapAction: bound.soapAction,
    ...actionMember(bound.soapAction, abstract, portType),
    style,
    ...(isBegunByService(context, abstract) && { begunBy: 'service' as const }),
    input,
    ...(output && { output }),
    faults: abstract.faults
      .map((fault) => linkFault(context, fault))
      .filter((fault): fault is FaultMessage => fault !== undefined),
  };
}

function actionMember(
  soapAction: string,
  abstract: PortTypeOperationNode,
  portType: QName,
): Pick<Operation, 'wsaAction'> {
  const wsaAction = abstract.input?.wsaAction ?? (soapAction || defaultAction(abstract, portType));
  return wsaAction === soapAction ? {} : { wsaAction };
}

/** Many that say so are called like any other: their author put output before input, or forgot the input. */
function isBegunByService({ link }: MessageContext, { kind, name, source }: PortTypeOperationNode): boolean {
  if (kind === 'request-response' || kind === 'one-way') return false;
  link.findings.warn(
    'WSDL_UNSUPPORTED',
    source,
    `"${name}" is a ${kind} operation: by its WSDL the service would call. It is offered as one that is called.`,
  );
  return true;
}

type Pair = readonly [BindingOperationNode, PortTypeOperationNode];

/** Lenient mode takes a binding that lists no operation for one that lists all of its portType, as literal as WSDL lets them be. */
function unboundOperations(
  { link: { findings } }: MessageContext,
  { name, source }: BindingNode,
  portType: PortTypeNode,
): Pair[] {
  const message = `The binding "${name}" lists no operation. List those of the portType "${portType.name}".`;
  if (!findings.isLenient) {
    // No error: another binding may be the one that is meant.
    findings.warn('WSDL_UNKNOWN_OPERATION', source, message);
    return [];
  }
  findings.tolerate(
    'WSDL_UNKNOWN_OPERATION',
    source,
    message,
    'as if it listed all of them, without a soapAction',
  );
  return portType.operations.map((abstract) => [
    { name: abstract.name, soapAction: '', faults: [], source: abstract.source },
    abstract,
  ]);
}

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
  link.findings.tolerate(
    'WSDL_UNKNOWN_OPERATION',
    source,
    `The portType "${portType.name}" has no operation "${name}".${hint || ' Correct the name.'}`,
    'as missing: the operation is left out',
  );
}

function uniqueId(name: string, ids: Set<string>): string {
  let id = name;
  for (let number = 2; ids.has(id); number++) id = `${name}${number}`;
  ids.add(id);
  return id;
}
