import { toOpenApi, type OpenApiDocument } from '../openapi/index.ts';
import type { PorticoConfig } from './config/config.ts';
import { problemKinds } from './http/problem.ts';
import { planServices, type PlannedService } from './operations/plan-service.ts';

export interface DescribeOptions {
  readonly config: PorticoConfig;
  /** Folder that relative paths of the configuration start from. */
  readonly configDir: string;
}

/** The OpenAPI document that a facade with this configuration serves, without starting one. */
export async function describeFacade({ config, configDir }: DescribeOptions): Promise<OpenApiDocument> {
  return describeServices(await planServices(config, configDir), config);
}

export function describeServices(
  services: readonly PlannedService[],
  { openapi }: PorticoConfig,
): OpenApiDocument {
  const problems = Object.entries(problemKinds).map(([code, { status, title }]) => ({ code, status, title }));
  return toOpenApi(services, { ...openapi, problems });
}
