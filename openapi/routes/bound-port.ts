import type { Binding, Contract, Operation, Port, Service } from '../../wsdl/index.ts';

/** A port with what it binds. */
export interface BoundPort {
  readonly service: Service;
  readonly port: Port;
  readonly binding: Binding;
}

export interface BoundOperation extends BoundPort {
  readonly operation: Operation;
}

export function portsOf(contract: Contract): BoundPort[] {
  return contract.services.flatMap((service) =>
    service.ports.flatMap((port) => {
      const binding = contract.bindings[port.binding];
      return binding ? [{ service, port, binding }] : [];
    }),
  );
}

/** One port for each portType: SOAP 1.2 before 1.1, then document order. In the order of the portTypes' first ports. */
export function preferredPortsOf(contract: Contract): BoundPort[] {
  const preferred = new Map<string, BoundPort>();
  for (const candidate of portsOf(contract)) {
    const { namespace, local } = candidate.binding.portType;
    const key = `{${namespace}}${local}`;
    const best = preferred.get(key);
    if (!best || isNewer(candidate, best)) preferred.set(key, candidate);
  }
  return [...preferred.values()];
}

function isNewer(candidate: BoundPort, best: BoundPort): boolean {
  return candidate.binding.soapVersion === '1.2' && best.binding.soapVersion === '1.1';
}

/** Where an operation id leads: through the port named, else through the first preferred port that has it. */
export function findOperation(contract: Contract, id: string, portName?: string): BoundOperation | undefined {
  const ports =
    portName === undefined
      ? preferredPortsOf(contract)
      : portsOf(contract).filter(({ port }) => port.name === portName);
  for (const bound of ports) {
    const operation = operationsOf(bound.binding).get(id);
    if (operation) return { ...bound, operation };
  }
  return undefined;
}

const known = new WeakMap<Binding, ReadonlyMap<string, Operation>>();

/** By id, made once: thousands of routes are looked up in one binding. */
function operationsOf(binding: Binding): ReadonlyMap<string, Operation> {
  const operations = known.get(binding) ?? new Map(binding.operations.map((one) => [one.id, one]));
  known.set(binding, operations);
  return operations;
}
