import type { Route } from '../../openapi/index.ts';
import { didYouMean } from '../../wsdl/index.ts';
import { ConfigError, type ConfigFault } from '../config/config-problem.ts';
import type { ConsumerConfig } from '../config/consumer-config.ts';
import type { PlannedService } from '../operations/plan-service.ts';

/** A queue with the routes that its messages may ask for, by the names that they have for them. */
export interface PlannedConsumer {
  readonly config: ConsumerConfig;
  readonly routes: ReadonlyMap<string, Route>;
}

/** @throws ConfigError with every name that leads nowhere. */
export function planConsumers(
  consumers: readonly ConsumerConfig[],
  services: readonly Pick<PlannedService, 'routes'>[],
): PlannedConsumer[] {
  const known = namesOf(services.flatMap(({ routes }) => routes));
  const faults: ConfigFault[] = [];
  const planned = consumers.map((config, index) => {
    const routes = new Map<string, Route>();
    config.operations.forEach((name, place) => {
      const found = known.get(name) ?? [];
      if (found.length === 1) routes.set(name, found[0]!);
      else
        faults.push({
          path: ['bus', 'consumers', index, 'operations', place],
          message: complaintOf(name, found, known),
        });
    });
    return { config, routes };
  });
  if (faults.length > 0) throw new ConfigError(faults);
  return planned;
}

/** An operationId may stand for several; with its service before, for one. */
function namesOf(routes: readonly Route[]): ReadonlyMap<string, readonly Route[]> {
  const names = new Map<string, Route[]>();
  for (const route of routes)
    for (const name of [route.operationId, `${route.service}.${route.operationId}`])
      names.set(name, [...(names.get(name) ?? []), route]);
  return names;
}

function complaintOf(
  name: string,
  found: readonly Route[],
  known: ReadonlyMap<string, readonly Route[]>,
): string {
  if (found.length > 1)
    return `"${name}" is an operation of several services; write ${found.map((route) => `"${route.service}.${name}"`).join(' or ')}`;
  return `there is no operation "${name}"${didYouMean(name, [...known.keys()])}`;
}
