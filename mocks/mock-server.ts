import type { ServerResponse } from 'node:http';
import { closestName, type CompileOptions } from '../wsdl/index.ts';
import { createHandlerAnswerer } from './answer-by-handler.ts';
import { createCodecs } from './codecs.ts';
import type { Resettable } from './control/mock-control.ts';
import type { FaultSwitches } from './control/switches.ts';
import { VerificationError, type Verification } from './control/verify.ts';
import type { CoverageReport } from './coverage/coverage-report.ts';
import { CoverageRecorder } from './coverage/coverage-recorder.ts';
import { planEndpoints, type Endpoint } from './endpoint.ts';
import { assertHandlersFit, type MockHandlers } from './handlers.ts';
import { createListener } from './http-listener.ts';
import type { Journal } from './journal/journal.ts';
import type { MockCall } from './journal/mock-call.ts';
import { listen } from './listening.ts';
import { answerMessage } from './message/answer-message.ts';
import type { MockMessage, MockReply } from './message/mock-message.ts';
import { toMocked, type MockSource } from './mocked-contract.ts';
import { openScenarios } from './open-scenarios.ts';
import { openProxy, type ProxyFindings, type ProxySettings } from './record/open-proxy.ts';
import { createSampleAnswerer } from './sample/answer-by-sample.ts';
import { createBoundaryMode, type BoundaryMode, type BoundaryOptions } from './sample/boundary-answerer.ts';
import type { ScenarioSource } from './scenario/scenario-source.ts';
import type { MockState } from './scenario/state/mock-state.ts';
import { createSoapExchange } from './soap-exchange.ts';
import { openStrictMode } from './validation/strict-answerer.ts';

export interface MockServerOptions {
  readonly wsdl: MockSource | readonly MockSource[];
  /** Default 0: a free one. */
  readonly port?: number;
  /** Default `127.0.0.1`. */
  readonly host?: string;
  /** Chooses the samples, and what scenarios leave to chance; default 1. */
  readonly seed?: number;
  /** Files or folders of scenarios, or such a file's contents (docs/mocks.md). They come before handlers, and both before samples. */
  readonly scenarios?: ScenarioSource | readonly ScenarioSource[];
  readonly handlers?: MockHandlers;
  /** Then every call goes on to a real service, and nothing is mocked. */
  readonly proxy?: ProxySettings;
  /** What time scenarios think it is. */
  readonly now?: () => Date;
  /**
   * Has libxml2 judge each request and each answer by the contract's own schemas, beside the codec, which always does. Needs the
   * documents of the contract. Default false.
   */
  readonly strict?: boolean;
  /** Samples at the edges of what the contract allows, another with each call (docs/mocks.md). Default false. */
  readonly boundary?: boolean | BoundaryOptions;
  /** Notes what calls show of the contracts, for `coverage()`. It reads each answer again. Default false. */
  readonly coverage?: boolean;
  /** The admin API below `/__portico`, for this machine alone (docs/mocks.md). Default true. */
  readonly admin?: boolean;
  readonly compileOptions?: CompileOptions;
  /** Largest request; default 10 MiB. */
  readonly maxRequestBytes?: number;
}

export interface MockServer {
  /** `http://host:port`, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  /** The latest SOAP calls, oldest first, at most 1,000. */
  readonly calls: readonly MockCall[];
  readonly journal: Journal;
  /** What scenarios remember. */
  readonly state: MockState;
  /** What is to go wrong on the wire, whoever answers. */
  readonly switches: FaultSwitches;
  /** Missing without a proxy. */
  readonly proxied?: ProxyFindings;
  /** Forgets calls, state, and what was put in or switched on since the start; or only what is named. */
  reset(what?: readonly Resettable[]): void;
  /** @throws VerificationError unless there were so many such calls, with those that came near; ScenarioError for wrong conditions. */
  verify(verification: Verification): Promise<void>;
  /** Adds a scenario, or replaces the one of its name. @throws ScenarioError, and then nothing has changed. */
  putScenario(scenario: Readonly<Record<string, unknown>> & { readonly name: string }): Promise<void>;
  /** What was seen of the contracts since the start or the last reset. @throws Error without the option `coverage`. */
  coverage(): CoverageReport;
  /**
   * Answers a request that came as a message, by the same rules and into the same journal: for services behind a broker.
   * @throws Error if no contract has the port
   */
  answerMessage(message: MockMessage): Promise<MockReply>;
  /** URL of a port. @throws Error if no contract has it. */
  endpointOf(service: string, port: string): string;
  /** Lets running requests end, then stops. */
  close(): Promise<void>;
}

const DEFAULT_MAX_REQUEST_BYTES = 10 * 1024 * 1024;

/**
 * A SOAP server made from contracts alone: every operation answers as its scenarios say, or its handler, or with a sample that fits
 * its contract. @throws ContractError, ScenarioError, and Error for a handler without an operation or a port that is taken.
 */
export async function createMockServer(options: MockServerOptions): Promise<MockServer> {
  const { handlers = {}, seed = 1, host = '127.0.0.1', now = () => new Date() } = options;
  const mostBytes = options.maxRequestBytes ?? DEFAULT_MAX_REQUEST_BYTES;
  const sources = listOf<MockSource>(options.wsdl);
  const contracts = await Promise.all(sources.map((source) => toMocked(source, options.compileOptions)));
  const endpoints = planEndpoints(contracts);
  assertHandlersFit(handlers, endpoints);
  const codecOf = createCodecs();
  const scenarioSources = listOf<ScenarioSource>(options.scenarios ?? []);
  const { player, control } = await openScenarios({
    sources: scenarioSources,
    endpoints,
    codecOf,
    seed,
    now,
  });
  const boundary = boundaryOf(options.boundary, seed);
  const strict = options.strict ? await openStrictMode(contracts) : undefined;
  const coverage = options.coverage ? new CoverageRecorder(endpoints) : undefined;
  control.coverage = coverage;
  const answerers = [
    ...(coverage ? [coverage.answer] : []),
    ...(strict ? [strict.answerer] : []),
    control.switches.answer,
    player.answer,
    createHandlerAnswerer(handlers),
  ];
  const proxy = options.proxy && (await openProxy(options.proxy, endpoints, { codecOf, mostBytes }));
  const last = boundary?.answerer ?? createSampleAnswerer(seed);
  const exchange = proxy?.exchange ?? createSoapExchange({ answerers, last, codecOf });
  const { journal, state, switches } = control;
  const held = new Set<ServerResponse>();
  const listener = createListener(endpoints, {
    exchange,
    journal,
    mostBytes,
    held,
    ...(options.admin !== false && { control }),
    ...(boundary && { variantsOf: boundary.variantsOf }),
  });
  let closed: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    await server.close();
    strict?.close();
    await proxy?.close();
  };
  const server = await listen(listener, options.port ?? 0, host, held);
  return {
    url: server.url,
    port: server.port,
    journal,
    state,
    switches,
    ...(proxy && { proxied: proxy.findings }),
    get calls() {
      return journal.calls;
    },
    reset(what) {
      control.reset(what);
      if (what !== undefined) return;
      boundary?.reset();
      coverage?.clear();
    },
    async verify(verification) {
      const result = await control.verify(verification);
      if (!result.passed) throw new VerificationError(result);
    },
    putScenario: (scenario) => control.putScenario(scenario.name, JSON.stringify(scenario, undefined, 2)),
    coverage() {
      if (coverage) return coverage.report();
      throw new Error('the mock counts no coverage; create it with coverage: true');
    },
    answerMessage: async (message) =>
      answerMessage({ exchange, journal }, findEndpoint(endpoints, message.service, message.port), message),
    endpointOf: (service, name) => server.url + findEndpoint(endpoints, service, name).path,
    close: () => (closed ??= close()),
  };
}

function boundaryOf(option: MockServerOptions['boundary'], seed: number): BoundaryMode | undefined {
  if (option === undefined || option === false) return undefined;
  return createBoundaryMode(seed, option === true ? {} : option);
}

function listOf<Entry>(value: Entry | readonly Entry[]): readonly Entry[] {
  return Array.isArray(value) ? (value as readonly Entry[]) : [value as Entry];
}

function findEndpoint(endpoints: readonly Endpoint[], service: string, port: string): Endpoint {
  const found = endpoints.find(
    (endpoint) => endpoint.service.name === service && endpoint.port.name === port,
  );
  if (found !== undefined) return found;
  const known = endpoints.map((endpoint) => `${endpoint.service.name}/${endpoint.port.name}`);
  const closest = closestName(`${service}/${port}`, known);
  throw new Error(
    `no port ${service}/${port} is mocked${closest === undefined ? '' : `; did you mean ${closest}?`}`,
  );
}
