import type {
  Body,
  ComplexType,
  Contract,
  ElementParticle,
  GroupParticle,
  Particle,
  SimpleType,
  TypeDefinition,
} from '../../../wsdl/index.ts';

export const NS = 'urn:example';

export function key(local: string): string {
  return `{${NS}}${local}`;
}

export function xs(local: string): string {
  return `{http://www.w3.org/2001/XMLSchema}${local}`;
}

/** An element particle in the target namespace; its JSON name begins with a small letter. */
export function element(local: string, type: string, more: Partial<ElementParticle> = {}): ElementParticle {
  const jsonName = local.charAt(0).toLowerCase() + local.slice(1);
  return {
    kind: 'element',
    name: { namespace: NS, local },
    jsonName,
    type,
    nillable: false,
    min: 1,
    max: 1,
    ...more,
  };
}

export function group(
  kind: GroupParticle['kind'],
  particles: Particle[],
  more: Partial<GroupParticle> = {},
): GroupParticle {
  return { kind, particles, min: 1, max: 1, ...more };
}

export function sequence(...particles: Particle[]): GroupParticle {
  return group('sequence', particles);
}

export function complex(
  local: string,
  model: GroupParticle | undefined,
  more: Partial<ComplexType> = {},
): ComplexType {
  return {
    kind: 'complex',
    key: key(local),
    name: local,
    qname: { namespace: NS, local },
    abstract: false,
    content: model ? { kind: 'elements', model } : { kind: 'empty' },
    attributes: [],
    substitutes: [key(local)],
    unwrapped: false,
    ...more,
  };
}

export function simple(local: string, more: Pick<SimpleType, 'variety' | 'facets'>): SimpleType {
  return { kind: 'simple', key: key(local), name: local, qname: { namespace: NS, local }, ...more };
}

export function atomic(local: string, builtin: string, facets: Partial<SimpleType['facets']>): SimpleType {
  return simple(local, {
    variety: { kind: 'atomic', builtin },
    facets: { whiteSpace: 'collapse', ...facets },
  });
}

export interface ContractParts {
  readonly types?: readonly TypeDefinition[];
  readonly body: Body;
  readonly headers?: readonly ElementParticle[];
  readonly faults?: Contract['bindings'][string]['operations'][number]['faults'];
  readonly numbers?: Contract['numbers'];
}

/** A contract of one operation `Run`, without output, in SOAP 1.1 and 1.2. */
export function contractOf({
  types = [],
  body,
  headers = [],
  faults = [],
  numbers = 'string',
}: ContractParts): Contract {
  const binding = (version: '1.1' | '1.2') => ({
    name: { namespace: NS, local: `Binding${version}` },
    portType: { namespace: NS, local: 'PortType' },
    soapVersion: version,
    transport: 'http://schemas.xmlsoap.org/soap/http',
    operations: [
      {
        name: 'Run',
        id: 'Run',
        soapAction: '',
        style: body.kind === 'rpc' ? ('rpc' as const) : ('document' as const),
        input: { name: { namespace: NS, local: 'RunInput' }, body, headers },
        faults,
      },
    ],
  });
  return {
    kind: 'contract',
    version: 1,
    name: 'Example',
    targetNamespace: NS,
    numbers,
    services: [
      {
        name: 'Service',
        ports: [
          { name: 'Port11', binding: key('Binding1.1') },
          { name: 'Port12', binding: key('Binding1.2') },
        ],
      },
    ],
    bindings: { [key('Binding1.1')]: binding('1.1'), [key('Binding1.2')]: binding('1.2') },
    types: Object.fromEntries(types.map((type) => [type.key, type])),
    elements: {},
    attributes: {},
  };
}

/** A message of one element `Run` whose content is `model`, in the types given. */
export function runContract(
  model: GroupParticle | undefined,
  types: readonly TypeDefinition[] = [],
  more: Partial<ComplexType> = {},
): Contract {
  const run = complex('RunType', model, more);
  const body: Body = { kind: 'elements', use: 'literal', members: [element('Run', run.key)], shape: 'value' };
  return contractOf({ types: [run, ...types], body });
}
