import { closestName } from '../suggestion.ts';
import type { Binding, Contract, Operation, Port, Service } from '../contract.ts';

/** Names an operation of a contract. `port` and `service` are needed only where the default must differ. */
export interface OperationSelector {
  /** `Operation.id`. */
  readonly operation: string;
  readonly port?: string;
  readonly service?: string;
}

/** A selector names what the contract does not have. */
export class SelectionError extends Error {
  override readonly name = 'SelectionError';
}

export interface FoundOperation {
  readonly service: Service;
  readonly port: Port;
  readonly binding: Binding;
  readonly operation: Operation;
}

/**
 * The operation, at the first port that has it: SOAP 1.2 before 1.1, then document order.
 *
 * @throws SelectionError that names what there is, and the nearest name.
 */
export function findOperation(contract: Contract, selector: OperationSelector): FoundOperation {
  const ports = portsOf(contract);
  const ofService = narrow(ports, selector.service, ({ service }) => service.name, contract, 'service');
  const ofPort = narrow(ofService, selector.port, ({ port }) => port.name, contract, 'port');
  const matching = ofPort.flatMap((found) =>
    found.binding.operations
      .filter(({ id }) => id === selector.operation)
      .map((operation) => ({ ...found, operation })),
  );
  if (matching.length === 0) refuseOperation(contract, ofPort, selector.operation);
  const newest = matching.find(({ binding }) => binding.soapVersion === '1.2') ?? matching[0];
  return newest!;
}

function refuseOperation(
  contract: Contract,
  ports: readonly Omit<FoundOperation, 'operation'>[],
  wanted: string,
): void {
  const operations = ports.flatMap(({ binding }) => binding.operations);
  narrow(operations, wanted, ({ id }) => id, contract, 'operation');
  throw new SelectionError(`The contract "${contract.name}" has no SOAP operations`);
}

function portsOf(contract: Contract): Omit<FoundOperation, 'operation'>[] {
  return contract.services.flatMap((service) =>
    service.ports.flatMap((port) => {
      const binding = Object.hasOwn(contract.bindings, port.binding)
        ? contract.bindings[port.binding]
        : undefined;
      return binding ? [{ service, port, binding }] : [];
    }),
  );
}

function narrow<T>(
  candidates: readonly T[],
  wanted: string | undefined,
  nameOf: (candidate: T) => string,
  contract: Contract,
  what: string,
): readonly T[] {
  if (wanted === undefined) return candidates;
  const matching = candidates.filter((candidate) => nameOf(candidate) === wanted);
  if (matching.length > 0) return matching;
  const names = [...new Set(candidates.map(nameOf))];
  throw new SelectionError(
    `The contract "${contract.name}" has no ${what} "${wanted}"; ${suggest(wanted, names, what)}`,
  );
}

const LISTED_NAMES = 20;

function suggest(wanted: string, names: readonly string[], what: string): string {
  if (names.length === 0) return `it has no ${what} at all`;
  const closest = closestName(wanted, names);
  if (closest !== undefined) return `did you mean "${closest}"?`;
  const listed = names.slice(0, LISTED_NAMES).map((name) => `"${name}"`);
  return `it has ${listed.join(', ')}${names.length > listed.length ? ` and ${names.length - listed.length} more` : ''}`;
}
