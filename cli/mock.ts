import { resolve } from 'node:path';
import { wsdlSourceOf, type ServiceConfig } from '../facade/index.ts';
import {
  createMockServer,
  ScenarioError,
  type MockServer,
  type MockServerOptions,
  type MockSource,
  type ProxyFindings,
} from '../mocks/index.ts';
import { loadContract, type CompileOptions } from '../wsdl/index.ts';
import {
  CommandError,
  numberOption,
  PORT_RANGE,
  UsageError,
  type Command,
  type CommandInput,
} from './command.ts';
import { configOrFail, DEFAULT_CONFIG } from './config-source.ts';
import { compileOrFail, sourceHelp, sourceOptions, toCompileOptions } from './contract-source.ts';
import { tellCoverage } from './coverage-files.ts';
import { openLock } from './locked-contract.ts';
import { mockOnBus, type MockedQueue, type MockOnBus } from './mock-on-bus.ts';
import { waitForStop } from './wait-for-stop.ts';

const DEFAULT_PORT = 8081;
const MANY_RANGE = { min: 3, max: 10_000 };
const DEFAULT_HOST = '127.0.0.1';

export const mockCommand: Command = {
  name: 'mock',
  usage:
    '<wsdl...> | --config [FILE] [--port P] [--host H] [--seed N] [--scenarios PATH] [--strict] [--boundary] [--coverage DIR] [--proxy URL [--record DIR]] [--amqp URL --queue Q]',
  summary: 'SOAP mocks that answer every operation with a schema-valid sample',
  help: `  --config [FILE]       mock every service of this configuration; default ${DEFAULT_CONFIG}
  --port P              default ${DEFAULT_PORT}; 0 takes a free one
  --host H              default ${DEFAULT_HOST}
  --seed N              other samples; the same seed gives the same answers
  --scenarios PATH      a file or folder of scenarios, checked against the contracts
  --check               only checks the scenarios against the contracts; exit code 1 if one no longer fits
  --proxy URL           passes every call on to the service there; "contract": where the contract says it is. Tells at the
                        end how its messages went against the contract
  --record DIR          with --proxy: keeps the calls as scenarios, with other card and account numbers; DIR is new or empty
  --no-admin            without the admin API below /__portico
  --amqp URL            answers requests in queues of this broker too, e.g. amqp://guest@127.0.0.1; the password may also be in
                        the environment, as PORTICO_AMQP_PASSWORD
  --queue SERVICE/PORT=QUEUE[,...]   with --amqp: which queue is which port; one that is not there is made
  --strict              libxml2 judges each request and each answer too; what is invalid becomes a fault
  --boundary            answers at the edges of the contract, another with each call; ?variants of a port lists them
  --many N              entries of the longest lists of --boundary; default 25
  --coverage DIR        writes coverage.json, coverage.xml (JUnit) and coverage.html there when it stops
  --coverage-min N      exit code 1 if fewer than N percent of all were seen\n${sourceHelp}`,
  options: {
    config: { type: 'boolean' },
    port: { type: 'string' },
    host: { type: 'string' },
    seed: { type: 'string' },
    scenarios: { type: 'string' },
    check: { type: 'boolean' },
    proxy: { type: 'string' },
    record: { type: 'string' },
    'no-admin': { type: 'boolean' },
    amqp: { type: 'string' },
    queue: { type: 'string' },
    strict: { type: 'boolean' },
    boundary: { type: 'boolean' },
    many: { type: 'string' },
    coverage: { type: 'string' },
    'coverage-min': { type: 'string' },
    ...sourceOptions,
  },
  async run(input) {
    const wsdl = input.flags.has('config') ? await sourcesOfConfig(input) : input.positionals;
    if (wsdl.length === 0) throw new UsageError('<wsdl> is missing; name at least one, or --config');
    const seed = numberOption(input, 'seed', { min: 0, max: 2 ** 31 - 1 });
    const many = numberOption(input, 'many', MANY_RANGE);
    const least = numberOption(input, 'coverage-min', { min: 0, max: 100 });
    const { scenarios, coverage } = input.values;
    const isCheck = input.flags.has('check');
    if (isCheck && scenarios === undefined) throw new UsageError('--check needs --scenarios: which ones?');
    const isCovered = coverage !== undefined || least !== undefined;
    const server = await mockOrFail({
      wsdl,
      ...(scenarios !== undefined && { scenarios }),
      admin: !input.flags.has('no-admin'),
      // Who only checks disturbs no mock that listens.
      port: isCheck ? 0 : (numberOption(input, 'port', PORT_RANGE) ?? DEFAULT_PORT),
      host: input.values.host ?? DEFAULT_HOST,
      ...(seed !== undefined && { seed }),
      strict: input.flags.has('strict'),
      boundary: input.flags.has('boundary') && (many === undefined ? true : { many }),
      coverage: isCovered,
      ...proxyOf(input),
      compileOptions: toCompileOptions(input),
    });
    if (isCheck) {
      await server.close();
      console.log('the scenarios fit their contracts');
      return 0;
    }
    console.log(`portico mock listens at ${server.url}; open it for the list of services and their ?wsdl`);
    const onBus = await busOrFail(server, input);
    await waitForStop();
    await onBus?.close();
    await server.close();
    if (server.proxied) tellFindings(server.proxied);
    return isCovered ? tellCoverage(server.coverage(), coverage, least) : 0;
  },
};

function proxyOf({ values: { proxy, record } }: CommandInput): Pick<MockServerOptions, 'proxy'> {
  if (proxy === undefined) {
    if (record !== undefined) throw new UsageError('--record needs --proxy: which service?');
    return {};
  }
  return { proxy: { ...(proxy !== 'contract' && { to: proxy }), ...(record !== undefined && { record }) } };
}

/** @throws CommandError for a port that is not mocked, and where the broker does not let the mock in */
async function busOrFail(server: MockServer, input: CommandInput): Promise<MockOnBus | undefined> {
  const { amqp, queue } = input.values;
  if (amqp === undefined && queue === undefined) return undefined;
  if (amqp === undefined || queue === undefined) throw new UsageError('--amqp and --queue go together');
  const queues = queue.split(',').map(toMockedQueue);
  try {
    for (const { service, port } of queues) server.endpointOf(service, port);
    const onBus = await mockOnBus(server, [withPassword(amqp)], queues);
    for (const one of queues)
      console.log(`${one.service}/${one.port} answers requests in queue ${one.queue}`);
    return onBus;
  } catch (error) {
    await server.close();
    throw new CommandError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function toMockedQueue(text: string): MockedQueue {
  const [, service, port, queue] = /^([^/=]+)\/([^/=]+)=(.+)$/.exec(text.trim()) ?? [];
  if (service === undefined || port === undefined || queue === undefined)
    throw new UsageError(`--queue ${text} must be SERVICE/PORT=QUEUE`);
  return { service, port, queue };
}

function withPassword(url: string): string {
  const password = process.env['PORTICO_AMQP_PASSWORD'];
  const parsed = URL.parse(url);
  if (password === undefined || parsed === null) return url;
  parsed.password = encodeURIComponent(password);
  return parsed.href;
}

function tellFindings({ recorded, leftOut, drift }: ProxyFindings): void {
  if (recorded > 0 || leftOut > 0)
    console.log(
      `${recorded} different requests recorded${leftOut > 0 ? `; ${leftOut} answers left out` : ''}`,
    );
  for (const { service, port, operation = '(no operation)', direction, reason, count } of drift)
    console.log(
      `drift: ${service}/${port} ${operation} ${direction}, ${count === 1 ? 'once' : `${count} times`}: ${reason}`,
    );
}

/** What is wrong with scenarios is told line by line, as compilers do. */
async function mockOrFail(options: MockServerOptions): Promise<MockServer> {
  try {
    return await createMockServer(options);
  } catch (error) {
    if (error instanceof ScenarioError) throw new CommandError(error.message, { cause: error });
    throw error;
  }
}

async function sourcesOfConfig(input: CommandInput): Promise<readonly MockSource[]> {
  const [path = DEFAULT_CONFIG, extra] = input.positionals;
  if (extra !== undefined)
    throw new UsageError(`"${extra}" is one argument too many: --config takes one file`);
  const { config, configDir } = await configOrFail(path);
  const options = toCompileOptions(input);
  return Promise.all(
    Object.entries(config.services).map(([name, service]) => sourceOf(name, service, configDir, options)),
  );
}

/**
 * A locked contract comes with its documents, so that the mock can serve its ?wsdl. What was tolerated when it was imported
 * is tolerated again. What the command line says on reading a WSDL goes before the configuration.
 */
async function sourceOf(
  name: string,
  service: ServiceConfig,
  configDir: string,
  given: CompileOptions,
): Promise<MockSource> {
  const { contract, names, numbers } = service;
  if (contract === undefined) {
    const { uri, options } = wsdlSourceOf(name, service, configDir);
    return compileOrFail(uri, { ...options, ...given });
  }
  const file = resolve(configDir, contract);
  const lock = await openLock(file);
  return lock
    ? compileOrFail(lock.entry, {
        names,
        numbers,
        lenient: true,
        load: (uri) => lock.load(uri),
        list: (uri) => lock.list(uri),
      })
    : loadContract(file);
}
