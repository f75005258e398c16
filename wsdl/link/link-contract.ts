import { typeOf } from '../builtin-types.ts';
import type { AttributeUse, Binding, Contract, ElementParticle, Port, Service } from '../contract.ts';
import type { Limits } from '../limits.ts';
import { qnameKey, type QName, type QNameKey } from '../qname.ts';
import type { Findings } from '../parse/findings.ts';
import type { BindingNode, ServiceNode, WsdlNode } from '../parse/wsdl-nodes.ts';
import { ENCODING_TYPES } from './builtin-schemas.ts';
import { globalElementFacts } from './expand-particle.ts';
import { finishTypes } from './finish-types.ts';
import { globalAttributePath } from './link-attributes.ts';
import { linkBinding } from './link-binding.ts';
import { linkComplexType } from './link-complex-type.ts';
import { jsonName, type NameStyle } from './json-name.ts';
import type { LinkContext } from './link-context.ts';
import { Budget } from './link-limit.ts';
import { partFacts, type MessageContext } from './link-message.ts';
import { linkSimpleType } from './link-simple-type.ts';
import { nameElement } from './name-members.ts';
import { NameScope } from './name-scope.ts';
import { allowNullAccessors } from './null-accessors.ts';
import type { SchemaSet } from './schema-set.ts';
import { SubstitutionGroups } from './substitution-groups.ts';
import { TypeTable } from './type-table.ts';
import { WsdlSet, type Named } from './wsdl-set.ts';

export interface LinkOptions {
  readonly name: string;
  readonly style: NameStyle;
  readonly numbers: Contract['numbers'];
  readonly limits: Limits;
}

/** Parsed documents -> Contract. @throws LinkLimit if they expand to too much; all else is in the findings. */
export function linkContract(
  documents: readonly [WsdlNode, ...WsdlNode[]],
  schemas: SchemaSet,
  options: LinkOptions,
  findings: Findings,
): Contract {
  const link = createContext(schemas, options, findings);
  const wsdl = new WsdlSet(documents, findings);
  const elements = linkElements(link);
  const attributes = linkAttributes(link);
  const bodyTypes = findBodyTypes(link, wsdl);
  if (usesEncoding(wsdl)) for (const name of ENCODING_TYPES) link.types.include(name);
  const types = finishTypes(link.types, link.types.linkAll(), bodyTypes);
  const [entry] = documents;
  const contract = {
    ...header(entry, options, findings),
    types,
    elements,
    attributes,
    services: [],
    bindings: {},
  };
  const bindings = linkBindings({ link, wsdl, isObject: (element) => isObject(contract, element) });
  const spare = spareBinding(wsdl, documents);
  const services = documents.flatMap((document) =>
    document.services.map((service) => linkService(wsdl, service, bindings, spare)),
  );
  return allowNullAccessors({
    ...contract,
    bindings,
    services: withPorts(services, contract.name, bindings),
  });
}

/** A WSDL may leave the service to others (WSDL 1.1, 2.1): then each binding is a port of its own, without an address. */
function withPorts(
  services: readonly Service[],
  name: string,
  bindings: Readonly<Record<QNameKey, Binding>>,
): readonly Service[] {
  if (services.some(({ ports }) => ports.length > 0)) return services;
  const ports = Object.entries(bindings).map(
    ([
      binding,
      {
        name: { local },
      },
    ]) => ({ name: local, binding }),
  );
  return ports.length === 0 ? services : [{ name, ports }];
}

function header(
  { targetNamespace, documentation }: WsdlNode,
  { name, numbers }: LinkOptions,
  { isLenient }: Findings,
): Pick<Contract, 'kind' | 'version' | 'name' | 'targetNamespace' | 'documentation' | 'numbers' | 'lenient'> {
  return {
    kind: 'contract',
    version: 1,
    name,
    targetNamespace,
    ...(documentation !== undefined && { documentation }),
    numbers,
    ...(isLenient && { lenient: true }),
  };
}

/** A particle of a contract is kept, and takes about ten times what an element of a message does. */
const COST_OF_PARTICLE = 10;

function createContext(schemas: SchemaSet, { style, limits }: LinkOptions, findings: Findings): LinkContext {
  const types: TypeTable = new TypeTable(schemas, findings, limits.maxDepth, (node, identity) =>
    node.kind === 'simple-type'
      ? linkSimpleType(context, node, identity)
      : linkComplexType(context, node, identity),
  );
  const context: LinkContext = {
    schemas,
    types,
    substitutionGroups: new SubstitutionGroups(schemas, findings),
    findings,
    budget: new Budget(limits.maxElements / COST_OF_PARTICLE),
    style,
  };
  return context;
}

function linkElements(context: LinkContext): Record<QNameKey, ElementParticle> {
  const elements: Record<QNameKey, ElementParticle> = {};
  for (const element of context.schemas.all('element')) {
    if (element.substitutionGroup) context.schemas.find('element', element.substitutionGroup);
    const facts = globalElementFacts(context, element);
    const draft = { kind: 'element', min: 1, max: 1, facts } as const;
    elements[keyOf(element.name)] = {
      ...nameElement(draft, new NameScope(), context.style),
      ...(element.abstract && { abstract: true }),
    };
  }
  return elements;
}

function linkAttributes(context: LinkContext): Record<QNameKey, AttributeUse> {
  const attributes: Record<QNameKey, AttributeUse> = {};
  for (const node of context.schemas.all('attribute')) {
    const { name, documentation, fixed } = node;
    attributes[keyOf(name)] = {
      name,
      jsonName: new NameScope().take(jsonName(name.local, context.style)),
      type: context.types.simpleKeyOf(node.type, { path: globalAttributePath(node), label: name.local }),
      required: false,
      ...(node.default !== undefined && { default: node.default }),
      ...(fixed !== undefined && { fixed }),
      ...(documentation !== undefined && { documentation }),
    };
  }
  return attributes;
}

function usesEncoding(wsdl: WsdlSet): boolean {
  const operations = wsdl.bindings().flatMap(({ node }) => node.operations);
  return operations.some(({ input, output }) =>
    [input, output].some((message) => message?.body?.use === 'encoded'),
  );
}

/** Types of elements that stand in a body: their JSON is the message's, an object. */
function findBodyTypes(link: LinkContext, wsdl: WsdlSet): Set<QNameKey> {
  const parts = wsdl.messages().flatMap(({ node }) => node.parts);
  const facts = parts.map((part) => (part.element ? partFacts({ link }, part) : undefined));
  return new Set(facts.flatMap((known) => (known ? [known.type] : [])));
}

/** Nillable elements too: their `null` stands for the whole message. */
function isObject(contract: Contract, element: ElementParticle): boolean {
  const type = typeOf(contract, element.type);
  return type.kind === 'complex' && type.content.kind !== 'simple' && !type.unwrapped;
}

function linkBindings(context: MessageContext): Record<QNameKey, Binding> {
  const bindings: Record<QNameKey, Binding> = {};
  for (const named of context.wsdl.bindings()) {
    const binding = linkBinding(context, named);
    if (binding) bindings[keyOf(named.name)] = binding;
  }
  return bindings;
}

/** The only SOAP binding that no port refers to: in lenient mode it serves a port whose binding is not there. */
function spareBinding(wsdl: WsdlSet, documents: readonly WsdlNode[]): Named<BindingNode> | undefined {
  const ports = documents.flatMap(({ services }) => services.flatMap((service) => service.ports));
  const used = new Set(ports.map(({ binding }) => binding?.name.local));
  const [only, second] = wsdl.bindings().filter(({ name, node }) => node.soap && !used.has(name.local));
  return second ? undefined : only;
}

function linkService(
  wsdl: WsdlSet,
  { name, documentation, ports }: ServiceNode,
  bindings: Readonly<Record<QNameKey, Binding>>,
  spare: Named<BindingNode> | undefined,
): Service {
  const linked = ports.flatMap((port): Port[] => {
    const binding = wsdl.find('binding', port.binding, spare);
    if (!binding || !Object.hasOwn(bindings, keyOf(binding.name))) return [];
    return [
      {
        name: port.name,
        ...(port.documentation !== undefined && { documentation: port.documentation }),
        binding: keyOf(binding.name),
        ...(port.address !== undefined && { address: port.address }),
      },
    ];
  });
  return { name, ...(documentation !== undefined && { documentation }), ports: linked };
}

function keyOf({ namespace, local }: QName): QNameKey {
  return qnameKey(namespace, local);
}
