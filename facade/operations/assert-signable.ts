import type { Route } from '../../openapi/index.ts';
import type { Contract } from '../../wsdl/index.ts';
import { ConfigError } from '../config/config-problem.ts';
import type { ServiceConfig } from '../config/config.ts';

/** A signature covers the envelope alone: what travels beside it would go unsigned, unnoticed. @throws ConfigError */
export function assertSignable(contract: Contract, route: Route, { security }: ServiceConfig): void {
  if (security?.signature === undefined || !hasAttachments(contract, route)) return;
  throw new ConfigError([
    {
      path: ['services', route.service, 'security', 'signature'],
      message: `a signature covers the envelope alone, but "${route.operation}" has attachments; leave out its route, or the signature`,
    },
  ]);
}

function hasAttachments({ services, bindings, types }: Contract, route: Route): boolean {
  const ports = services.find(({ name }) => name === route.wsdlService)?.ports ?? [];
  const binding = ports.find(({ name }) => name === route.port)?.binding ?? '';
  const operation = bindings[binding]?.operations.find(({ id }) => id === route.operation);
  if ((operation?.input.attachments ?? []).length > 0) return true;
  return Object.values(types).some((type) => type.kind === 'simple' && type.swaRef === true);
}
