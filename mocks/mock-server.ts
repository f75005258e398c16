import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  compileContract,
  ContractError,
  type CompiledContract,
  type CompileOptions,
  type Contract,
} from '../wsdl/index.ts';
import { closestName } from '../wsdl/index.ts';
import { planEndpoints, type Endpoint, type MockedContract } from './endpoint.ts';
import { createHandlerAnswerer } from './answer-by-handler.ts';
import { assertHandlersFit, type MockHandlers } from './handlers.ts';
import { createListener } from './http-listener.ts';
import { Journal } from './journal/journal.ts';
import type { MockCall } from './journal/mock-call.ts';
import { createSoapExchange } from './soap-exchange.ts';
import { openStrictMode } from './validation/strict-answerer.ts';

/** A file or URL of a WSDL, or a contract; `?wsdl` is served for what comes with its documents. */
export type MockSource = string | Contract | CompiledContract;

export interface MockServerOptions {
  readonly wsdl: MockSource | readonly MockSource[];
  /** Default 0: a free one. */
  readonly port?: number;
  /** Default `127.0.0.1`. */
  readonly host?: string;
  /** Chooses the samples; default 1. */
  readonly seed?: number;
  readonly handlers?: MockHandlers;
  /**
   * Has libxml2 judge each request and each answer by the contract's own schemas, beside the codec, which always does. Needs the
   * documents of the contract. Default false.
   */
  readonly strict?: boolean;
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
  /** URL of a port. @throws Error if no contract has it. */
  endpointOf(service: string, port: string): string;
  /** Lets running requests end, then stops. */
  close(): Promise<void>;
}

const DEFAULT_MAX_REQUEST_BYTES = 10 * 1024 * 1024;

/**
 * A SOAP server made from contracts alone: every operation answers with a sample that fits its contract, or with what
 * its handler says. @throws ContractError, and Error for a handler without an operation or a port that is taken.
 */
export async function createMockServer(options: MockServerOptions): Promise<MockServer> {
  const {
    handlers = {},
    seed = 1,
    host = '127.0.0.1',
    maxRequestBytes = DEFAULT_MAX_REQUEST_BYTES,
  } = options;
  const sources = Array.isArray(options.wsdl)
    ? (options.wsdl as readonly MockSource[])
    : [options.wsdl as MockSource];
  const contracts = await Promise.all(sources.map((source) => toMocked(source, options.compileOptions)));
  const endpoints = planEndpoints(contracts);
  assertHandlersFit(handlers, endpoints);
  const strict = options.strict ? await openStrictMode(contracts) : undefined;
  const journal = new Journal();
  const exchange = createSoapExchange({
    answerers: [...(strict ? [strict.answerer] : []), createHandlerAnswerer(handlers)],
    seed,
  });
  const server = createServer(createListener(endpoints, { exchange, journal, mostBytes: maxRequestBytes }));
  const { port } = await listen(server, options.port ?? 0, host);
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  return {
    url,
    port,
    get calls() {
      return journal.calls;
    },
    endpointOf: (service, name) => url + findEndpoint(endpoints, service, name).path,
    async close() {
      await close(server);
      strict?.close();
    },
  };
}

async function toMocked(source: MockSource, compileOptions: CompileOptions = {}): Promise<MockedContract> {
  if (typeof source !== 'string' && 'kind' in source) return { contract: source, documents: [] };
  const compiled = typeof source === 'string' ? await compileContract(source, compileOptions) : source;
  const { contract, documents, diagnostics } = compiled;
  if (contract === undefined || diagnostics.some(({ severity }) => severity === 'error'))
    throw new ContractError(diagnostics);
  return { contract, documents };
}

function listen(server: Server, port: number, host: string): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve(server.address() as AddressInfo);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => {
      if (error === undefined) resolve();
      else reject(error);
    });
  });
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
