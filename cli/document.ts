import { describeFacade } from '../facade/index.ts';
import { inferMapping, planRoutes, toOpenApi, type OpenApiDocument } from '../openapi/index.ts';
import { UsageError, type CommandInput } from './command.ts';
import { configOrFail, DEFAULT_CONFIG } from './config-source.ts';
import { compileOrFail, serviceNameOf, toCompileOptions } from './contract-source.ts';

/** The OpenAPI document of one WSDL with inferred routes, or with `--config` that of a whole configuration. */
export async function documentFor(input: CommandInput): Promise<OpenApiDocument> {
  const [source, extra] = input.positionals;
  if (extra !== undefined) throw new UsageError(`"${extra}" is one argument too many`);
  if (input.flags.has('config')) return documentOfConfig(source ?? DEFAULT_CONFIG);
  if (source === undefined) throw new UsageError('<wsdl> is missing; or use --config');
  const { contract } = await compileOrFail(source, toCompileOptions(input));
  const name = serviceNameOf(source);
  const { routes } = planRoutes(contract, { service: name, mapping: inferMapping(contract, name) });
  return toOpenApi([{ name, contract, routes }], { title: contract.name, version: '1.0.0' });
}

async function documentOfConfig(path: string): Promise<OpenApiDocument> {
  return describeFacade(await configOrFail(path));
}
