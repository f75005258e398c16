import type {
  AttributeUse,
  Binding,
  ComplexType,
  Content,
  Contract,
  ElementParticle,
  Facets,
  FaultMessage,
  GroupParticle,
  MaxOccurs,
  Message,
  Operation,
  Particle,
  SimpleType,
  TypeDefinition,
} from '../../wsdl/index.ts';
import { qnameKey, XSD_NAMESPACE } from '../../wsdl/index.ts';

const NS = 'urn:test';

/** Key of a type of the test contract; `xs:` names are built-in. */
export function keyOf(name: string): string {
  return name.startsWith('xs:') ? qnameKey(XSD_NAMESPACE, name.slice(3)) : qnameKey(NS, name);
}

/** `*`: 0..unbounded, `+`: 1..unbounded, `?`: 0..1, `1`: once, or [min, max]. */
export type Occurrence = '1' | '?' | '*' | '+' | readonly [number, MaxOccurs];

function occursOf(occurrence: Occurrence): { min: number; max: MaxOccurs } {
  switch (occurrence) {
    case '1':
      return { min: 1, max: 1 };
    case '?':
      return { min: 0, max: 1 };
    case '*':
      return { min: 0, max: 'unbounded' };
    case '+':
      return { min: 1, max: 'unbounded' };
    default:
      return { min: occurrence[0], max: occurrence[1] };
  }
}

export function element(
  name: string,
  type: string,
  occurrence: Occurrence = '1',
  more: Partial<ElementParticle> = {},
): ElementParticle {
  const { min, max } = occursOf(occurrence);
  return {
    kind: 'element',
    name: { namespace: NS, local: name },
    jsonName: name,
    type: keyOf(type),
    nillable: false,
    min,
    max,
    ...more,
  };
}

export function attribute(name: string, type: string, more: Partial<AttributeUse> = {}): AttributeUse {
  return {
    name: { namespace: '', local: name },
    jsonName: name,
    type: keyOf(type),
    required: false,
    ...more,
  };
}

export function group(
  kind: GroupParticle['kind'],
  particles: readonly Particle[],
  occurrence: Occurrence = '1',
): GroupParticle {
  const { min, max } = occursOf(occurrence);
  return { kind, particles, min, max, ...(max !== 1 && { jsonName: `@${kind}` }) };
}

export function sequence(...particles: Particle[]): GroupParticle {
  return group('sequence', particles);
}

export function choice(...particles: Particle[]): GroupParticle {
  return group('choice', particles);
}

export function complexType(
  name: string,
  content: Content | GroupParticle,
  more: Partial<ComplexType> = {},
): ComplexType {
  return {
    kind: 'complex',
    key: keyOf(name),
    name,
    qname: { namespace: NS, local: name },
    abstract: false,
    content: 'particles' in content ? { kind: 'elements', model: content } : content,
    attributes: [],
    substitutes: [keyOf(name)],
    unwrapped: false,
    ...more,
  };
}

export function simpleType(
  name: string,
  variety: SimpleType['variety'] | string,
  facets: Partial<Facets> = {},
  more: Partial<SimpleType> = {},
): SimpleType {
  return {
    kind: 'simple',
    key: keyOf(name),
    name,
    qname: { namespace: NS, local: name },
    variety: typeof variety === 'string' ? { kind: 'atomic', builtin: variety } : variety,
    facets: { whiteSpace: 'collapse', ...facets },
    ...more,
  };
}

/** A message whose only body element has the given type, or has members of its own (a wrapper in rpc style). */
export function message(
  content: string | readonly ElementParticle[],
  headers: readonly ElementParticle[] = [],
): Message {
  const isValue = typeof content === 'string';
  return {
    name: { namespace: NS, local: 'message' },
    body: {
      kind: isValue ? 'elements' : 'rpc',
      use: 'literal',
      members: isValue ? [element(content, content)] : content,
      shape: isValue ? 'value' : 'members',
    },
    headers,
  };
}

export interface OperationParts {
  readonly input?: Message | readonly ElementParticle[];
  readonly output?: Message | readonly ElementParticle[] | 'none';
  readonly faults?: readonly (string | FaultMessage)[];
  readonly documentation?: string;
}

export function operation(name: string, parts: OperationParts = {}): Operation {
  const { input = [], output = [element('result', 'xs:string')], faults = [], documentation } = parts;
  return {
    name,
    id: name,
    soapAction: name,
    style: 'document',
    input: toMessage(input),
    ...(output !== 'none' && { output: toMessage(output) }),
    ...(documentation !== undefined && { documentation }),
    faults: faults.map((fault) =>
      typeof fault === 'string' ? { name: fault, detail: element(fault, 'xs:string') } : fault,
    ),
  };
}

function toMessage(content: Message | readonly ElementParticle[]): Message {
  return 'body' in content ? content : message(content);
}

export interface PortParts {
  readonly name?: string;
  readonly service?: string;
  readonly portType?: string;
  readonly soapVersion?: Binding['soapVersion'];
  readonly operations: readonly Operation[];
}

/** A contract of one service and port, or of the ports given. */
export function contractOf(
  ports: readonly Operation[] | readonly PortParts[],
  types: readonly TypeDefinition[] = [],
  more: Partial<Contract> = {},
): Contract {
  const parts = ports
    .map((port) => ('operations' in port ? port : undefined))
    .filter((port) => port !== undefined);
  const all: readonly PortParts[] =
    parts.length > 0 ? parts : [{ operations: ports as readonly Operation[] }];
  const named = all.map((port, index) => ({ name: `Port${index + 1}`, service: 'Service', ...port }));
  const services = [...new Set(named.map(({ service }) => service))];
  return {
    kind: 'contract',
    version: 1,
    name: 'Test',
    targetNamespace: NS,
    numbers: 'string',
    services: services.map((name) => ({
      name,
      ports: named
        .filter(({ service }) => service === name)
        .map((port) => ({ name: port.name, binding: keyOf(port.name) })),
    })),
    bindings: Object.fromEntries(named.map((port) => [keyOf(port.name), toBinding(port)])),
    types: Object.fromEntries(types.map((type) => [type.key, type])),
    elements: {},
    attributes: {},
    ...more,
  };
}

function toBinding({ name, portType, soapVersion, operations }: PortParts & { name: string }): Binding {
  return {
    name: { namespace: NS, local: name },
    portType: { namespace: NS, local: portType ?? 'PortType' },
    soapVersion: soapVersion ?? '1.1',
    transport: 'http://schemas.xmlsoap.org/soap/http',
    operations,
  };
}
