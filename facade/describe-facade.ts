import { toOpenApi, type AsyncApiDocument, type OpenApiDocument, type TokenUse } from '../openapi/index.ts';
import { describeBus } from './bus/describe-bus.ts';
import type { AuthConfig, BindingPolicy, PorticoConfig } from './config/config.ts';
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

/** The AsyncAPI document likewise. */
export async function describeBusOf({
  config,
  configDir,
  problemAt,
}: DescribeOptions): Promise<AsyncApiDocument> {
  return withLines(problemAt, async () => describeBus(await planServices(config, configDir), config));
}

export function describeServices(
  services: readonly PlannedService[],
  { openapi, auth, events: { stream } }: PorticoConfig,
): OpenApiDocument {
  const problems = Object.entries(problemKinds).map(([code, { status, title }]) => ({ code, status, title }));
  return toOpenApi(services, {
    ...openapi,
    problems,
    tokens: tokenUses(auth),
    eventStream: stream && {
      path: stream.path,
      events: [...new Set(stream.rules.map(({ event }) => event))],
    },
  });
}

/** Every way in which some issuer's tokens are taken, plain ones first. */
function tokenUses({ issuers, development }: AuthConfig): TokenUse[] {
  const all: readonly TokenUse[] = [
    { scheme: 'bearer', certificate: false },
    { scheme: 'dpop', certificate: false },
    { scheme: 'bearer', certificate: true },
    { scheme: 'dpop', certificate: true },
  ];
  return all.filter(
    ({ scheme, certificate }) =>
      (development && scheme === 'bearer' && !certificate) ||
      issuers.some(({ dpop, mtls }) => isTaken(dpop, scheme === 'dpop') && isTaken(mtls, certificate)),
  );
}

function isTaken(policy: BindingPolicy, isBound: boolean): boolean {
  return policy !== (isBound ? 'off' : 'required');
}
