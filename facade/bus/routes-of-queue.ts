import type { Route } from '../../openapi/index.ts';
import type { DescribeOptions } from '../describe-facade.ts';
import { withLines } from '../config/config-problem.ts';
import { planServices } from '../operations/plan-service.ts';
import { planConsumers } from './plan-consumers.ts';

/** What the messages of a queue may ask for, by the names that they have for it. @throws ContractError, ConfigError */
export async function routesOfQueue(
  { config, configDir, problemAt }: DescribeOptions,
  queue: string,
): Promise<ReadonlyMap<string, Route>> {
  return withLines(problemAt, async () => {
    const planned = planConsumers(config.bus.consumers, await planServices(config, configDir));
    return planned.find((one) => one.config.queue === queue)?.routes ?? new Map<string, Route>();
  });
}
