import { toOpenApi, type OpenApiDocument } from '../openapi/index.ts';
import type { PorticoConfig } from './config/config.ts';
import { withLines, type ProblemAt } from './config/config-problem.ts';
import { problemKinds } from './http/problem.ts';
import { planServices, type PlannedService } from './operations/plan-service.ts';

export interface DescribeOptions {
  readonly config: PorticoConfig;
  /** Folder that relative paths of the configuration start from. */
  readonly configDir: string;
  /** From `loadConfig`: errors then name the lines of the file. */
  readonly problemAt?: ProblemAt;
}

/** The OpenAPI document that a facade with this configuration serves, without starting one. */
export async function describeFacade({
  config,
  configDir,
  problemAt,
}: DescribeOptions): Promise<OpenApiDocument> {
  return describeServices(await withLines(problemAt, () => planServices(config, configDir)), config);
}

export function describeServices(
  services: readonly PlannedService[],
  { openapi }: PorticoConfig,
): OpenApiDocument {
  const problems = Object.entries(problemKinds).map(([code, { status, title }]) => ({ code, status, title }));
  return toOpenApi(services, { ...openapi, problems });
}
