import { shownQueue, type Connector } from '../../connectors/index.ts';
import type { Route, RouteSettle } from '../../openapi/index.ts';
import { compileCodec, type Contract, type OperationCodec } from '../../wsdl/index.ts';
import { ConfigError } from '../config/config-problem.ts';
import type { PorticoConfig, ServiceConfig } from '../config/config.ts';
import { assertSignable } from './assert-signable.ts';
import { connectService, soapQueueOf, type ConnectOptions } from './connect-service.ts';
import type { TellFault } from './fault-teller.ts';
import { probeOf } from './health-probe.ts';
import { mtomOf, type Mtom } from './mtom.ts';
import type { OperationRuntime, SettleRuntime } from './operation-runtime.ts';
import type { OperationMeter } from '../metrics/operation-meter.ts';
import type { PlannedService } from './plan-service.ts';

export interface ConnectedServices {
  readonly operations: readonly OperationRuntime[];
  /** The ways to each service, by its name: one for each address. */
  readonly connectors: ReadonlyMap<string, readonly Connector[]>;
}

/** What may come with the largest attachment. */
const ENVELOPE_BYTES = 64 * 1024 * 1024;

export interface ConnectServicesOptions extends Pick<ConnectOptions, 'configDir' | 'messages' | 'observer'> {
  /** In place of the ways of the configuration, by name of the service. */
  readonly given?: Readonly<Record<string, Connector>>;
  /** Counts the requests of each route. */
  readonly meterOf?: ((route: Route) => OperationMeter) | undefined;
  readonly tellFault?: TellFault | undefined;
}

/** Gives each route its codec and its way to the service. @throws ConfigError */
export function connectServices(
  services: readonly PlannedService[],
  config: PorticoConfig,
  { given = {}, meterOf, tellFault, ...options }: ConnectServicesOptions,
): ConnectedServices {
  const maxPackageBytes = config.server.binaryBytes + ENVELOPE_BYTES;
  const connectors = new Map<string, readonly Connector[]>();
  const operations = services.flatMap(({ name, contract, routes }) => {
    const service = config.services[name]!;
    const ways = new Map<string, Connector>();
    const runtimes = routes.map((route) => {
      const connect = (one: Route): LazyRuntime => {
        assertSignable(contract, one, service);
        const connector = given[name] ?? wayOf(contract, one, service, ways, { ...options, maxPackageBytes });
        return new LazyRuntime(contract, one, connector, service, tellFault);
      };
      return connect(route).settledBy(connect).countedBy(meterOf?.(route));
    });
    connectors.set(name, [...new Set(runtimes.map(({ connector }) => connector))]);
    return runtimes;
  });
  return { operations, connectors };
}

/** Its codec is made when it is first called: of thousands of operations most never are. */
class LazyRuntime implements OperationRuntime {
  readonly route: Route;
  readonly connector: Connector;
  readonly timeout: number;
  readonly mtom: Mtom | undefined;
  readonly tellFault: TellFault | undefined;
  settle: SettleRuntime | undefined;
  meter: OperationMeter | undefined;
  readonly #contract: Contract;
  #codec: OperationCodec | undefined;

  constructor(
    contract: Contract,
    route: Route,
    connector: Connector,
    service: ServiceConfig,
    tellFault: TellFault | undefined,
  ) {
    this.#contract = contract;
    this.route = route;
    this.connector = connector;
    this.timeout = service.timeoutSeconds * 1000;
    this.mtom = mtomOf(contract, route, service);
    this.tellFault = tellFault;
  }

  /** `connect` gives the query its runtime. */
  settledBy(connect: (route: Route) => OperationRuntime): this {
    const { settle } = this.route.idempotency ?? {};
    if (settle !== undefined) this.settle = { ...settle, operation: connect(queryOf(this.route, settle)) };
    return this;
  }

  countedBy(meter: OperationMeter | undefined): this {
    this.meter = meter;
    return this;
  }

  /** Of a message part bound to mime:content the contract itself says that it is an attachment. */
  get streamsBinary(): boolean {
    const [member] = this.route.binary?.request ?? [];
    const { attachments = [] } = this.codec.operation.input;
    return this.mtom !== undefined || attachments.some(({ jsonName }) => jsonName === member);
  }

  get codec(): OperationCodec {
    const { operation, port, wsdlService: service } = this.route;
    return (this.#codec ??= compileCodec(this.#contract, { operation, port, service }));
  }
}

/** No client calls it, but to the connector it is a read like another. */
function queryOf(route: Route, { wsdlService, port, operation }: RouteSettle): Route {
  const { service, operationId, path } = route;
  return {
    service,
    wsdlService,
    port,
    operation,
    operationId: `${operationId} settled by ${operation}`,
    method: 'GET',
    path,
    tags: [],
    scopes: [],
    parameters: [],
    presets: [],
    hasBody: false,
    hasOutput: true,
    status: 200,
    faults: [],
  };
}

/** Routes with the same addresses share their way, and with it connections and policies. */
function wayOf(
  contract: Contract,
  route: Route,
  service: ServiceConfig,
  ways: Map<string, Connector>,
  options: ConnectOptions,
): Connector {
  const addresses = addressesOf(contract, route, service);
  const key = addresses.join(' ');
  const known = ways.get(key);
  if (known !== undefined) return known;
  const probe = service.health && probeOf(route, service.health, contract);
  const way = connectService(route.service, addresses, service, { ...options, probeOf: probe });
  ways.set(key, way);
  return way;
}

function addressesOf(
  contract: Contract,
  route: Route,
  { transport, amqp, endpoint, endpoints }: ServiceConfig,
): readonly string[] {
  if (transport === 'amqp') return [shownQueue(soapQueueOf(amqp))];
  if (endpoints !== undefined) return endpoints;
  if (endpoint !== undefined) return [endpoint];
  const ports = contract.services.find(({ name }) => name === route.wsdlService)?.ports ?? [];
  const address = ports.find(({ name }) => name === route.port)?.address;
  if (address !== undefined && /^https?:/i.test(address)) return [address];
  throw new ConfigError([
    {
      path: ['services', route.service],
      message: `port "${route.port}" has no HTTP address in the WSDL; set services.${route.service}.endpoint`,
    },
  ]);
}
