import type { Operation } from '../../wsdl/index.ts';
import type { Route } from '../route.ts';
import { findOperation, portsOf } from '../routes/bound-port.ts';
import type { ServiceSurface } from './options.ts';

/** What a route calls. @throws Error where it is of another contract. */
export function operationOf({ name, contract }: ServiceSurface, route: Route): Operation {
  const bound = portsOf(contract).find(
    ({ service, port }) => service.name === route.wsdlService && port.name === route.port,
  );
  const operation =
    bound?.binding.operations.find(({ id }) => id === route.operation) ??
    findOperation(contract, route.operation)?.operation;
  if (!operation)
    throw new Error(
      `The route ${route.method} ${route.path} of "${name}" names no operation of its contract`,
    );
  return operation;
}
