import type {
  Binding,
  CompiledContract,
  Contract,
  Operation,
  Port,
  QNameKey,
  Service,
} from '../wsdl/index.ts';
import { qnameKey } from '../wsdl/index.ts';

/** A contract with the documents it was compiled from; none where it came in compiled. */
export interface MockedContract {
  readonly contract: Contract;
  readonly documents: CompiledContract['documents'];
}

/** One port of one service, at its own path of the mock. */
export interface Endpoint extends MockedContract {
  readonly service: Service;
  readonly port: Port;
  readonly binding: Binding;
  readonly operations: readonly Operation[];
  /** `/<service>/<port>`, percent-encoded; numbered where two contracts would share it. */
  readonly path: string;
  /** Operations by the name of the body's first child; `''` for an empty body, `ANY_BODY` where that name is not fixed. */
  readonly byBody: ReadonlyMap<QNameKey, readonly Operation[]>;
}

export function planEndpoints(contracts: readonly MockedContract[]): Endpoint[] {
  const taken = new Set<string>();
  return contracts.flatMap((mocked) =>
    mocked.contract.services.flatMap((service) =>
      service.ports.map((port) => toEndpoint(mocked, service, port, taken)),
    ),
  );
}

function toEndpoint(mocked: MockedContract, service: Service, port: Port, taken: Set<string>): Endpoint {
  const binding = mocked.contract.bindings[port.binding];
  if (binding === undefined)
    throw new Error(`port ${port.name} of ${service.name}: the contract has no binding ${port.binding}`);
  const path = freePath(service.name, port.name, taken);
  return {
    ...mocked,
    service,
    port,
    binding,
    operations: binding.operations,
    path,
    byBody: operationsByBody(binding),
  };
}

function freePath(service: string, port: string, taken: Set<string>): string {
  const path = (suffix: string): string =>
    `/${encodeURIComponent(service)}${suffix}/${encodeURIComponent(port)}`;
  let free = path('');
  for (let number = 2; taken.has(free); number += 1) free = path(`-${number}`);
  taken.add(free);
  return free;
}

function operationsByBody(binding: Binding): Map<QNameKey, Operation[]> {
  const byBody = new Map<QNameKey, Operation[]>();
  for (const operation of binding.operations) {
    const key = bodyKey(operation);
    byBody.set(key, [...(byBody.get(key) ?? []), operation]);
  }
  return byBody;
}

/** Stands for whatever the body holds: soap:Body itself is of the type of a part (WSDL 1.1, 3.5). No name is so. */
export const ANY_BODY = '*';

/** WS-I BP 1.1, 4.7.6: the operation signature is the name of the body's child element. */
function bodyKey({ input }: Operation): QNameKey {
  if (input.body.kind === 'content') return ANY_BODY;
  const name = input.body.kind === 'rpc' ? input.body.wrapper : input.body.members[0]?.name;
  return name === undefined ? '' : qnameKey(name.namespace, name.local);
}
