import { describeBusOf, describeFacade } from '../facade/index.ts';
import {
  inferMapping,
  planRoutes,
  toAsyncApi,
  toOpenApi,
  type AsyncApiDocument,
  type OpenApiDocument,
  type ServiceSurface,
} from '../openapi/index.ts';
import { UsageError, type CommandInput } from './command.ts';
import { configOrFail, DEFAULT_CONFIG } from './config-source.ts';
import { compileOrFail, serviceNameOf, toCompileOptions } from './contract-source.ts';

const VERSION = '1.0.0';

/** The OpenAPI document of one WSDL with inferred routes, or with `--config` that of a whole configuration. */
export async function documentFor(input: CommandInput): Promise<OpenApiDocument> {
  const source = sourceOf(input);
  if (input.flags.has('config')) return describeFacade(await configOrFail(source ?? DEFAULT_CONFIG));
  const surface = await surfaceOf(source, input);
  return toOpenApi([surface], { title: surface.contract.name, version: VERSION });
}

/** The AsyncAPI document likewise; that of a WSDL has all of its operations on one queue. */
export async function busDocumentFor(input: CommandInput): Promise<AsyncApiDocument> {
  const source = sourceOf(input);
  if (input.flags.has('config')) return describeBusOf(await configOrFail(source ?? DEFAULT_CONFIG));
  const surface = await surfaceOf(source, input);
  const { name, contract, routes } = surface;
  return toAsyncApi([surface], {
    title: contract.name,
    version: VERSION,
    exchange: 'portico.events',
    queues: [{ queue: `${name}.commands`, routes, identity: 'token' }],
  });
}

function sourceOf({ positionals: [source, extra] }: CommandInput): string | undefined {
  if (extra !== undefined) throw new UsageError(`"${extra}" is one argument too many`);
  return source;
}

async function surfaceOf(source: string | undefined, input: CommandInput): Promise<ServiceSurface> {
  if (source === undefined) throw new UsageError('<wsdl> is missing; or use --config');
  const { contract } = await compileOrFail(source, toCompileOptions(input));
  const name = serviceNameOf(source);
  const { routes } = planRoutes(contract, { service: name, mapping: inferMapping(contract, name) });
  return { name, contract, routes };
}
