import type { Connector, EndpointState, EventBus, MessageBus } from '../../../connectors/index.ts';
import type { RedisLink } from '../../redis/redis-link.ts';
import type { Issuer } from '../auth/issuers.ts';
import type { KeysState } from '../auth/remote-keys.ts';

export interface Readiness {
  readonly status: 'ready' | 'degraded' | 'unavailable' | 'stopping';
  readonly services: Readonly<Record<string, ServiceState>>;
  /** How calls to each service have gone, by its name. */
  readonly endpoints: Readonly<Record<string, readonly EndpointState[]>>;
  /** `blocked`: it is there and takes no messages, being short of memory or disk. */
  readonly bus: 'connected' | 'blocked' | 'disconnected';
  /** Missing where none is configured. */
  readonly redis?: 'connected' | 'disconnected';
  /** The keys of each issuer, by the value of `iss`. */
  readonly issuers: Readonly<Record<string, KeysState>>;
}

/** `failing`: it takes connections, but no circuit to it is closed. */
export type ServiceState = 'reachable' | 'failing' | 'unreachable';

export interface ReadinessSources {
  /** The ways to each service, by its name. */
  readonly connectors: ReadonlyMap<string, readonly Connector[]>;
  readonly issuers: ReadonlyMap<string, Pick<Issuer, 'keysState'>>;
  readonly bus: Pick<EventBus, 'isConnected'>;
  readonly messages: Pick<MessageBus, 'state'>;
  readonly redis?: Pick<RedisLink, 'isUp'> | undefined;
  readonly isStopping: () => boolean;
}

/** An endpoint at the port of the API, where anybody may ask: not where it is, nor how busy. */
export type ShownEndpoint = Pick<EndpointState, 'circuit' | 'health'> & { readonly index: number };

/** An endpoint at the port for whoever runs the facade. Its path may be a secret of the service. */
type KnownEndpoint = Omit<EndpointState, 'url'> & { readonly index: number; readonly origin?: string };

/** What the page says at the port of the API. */
export function publicReadiness(state: Readiness): ReadinessPage<ShownEndpoint> {
  return withEndpoints(state, ({ circuit, health }, index) => ({
    index,
    circuit,
    ...(health && { health }),
  }));
}

/** What the page says at the port of the metrics. */
export function adminReadiness(state: Readiness): ReadinessPage<KnownEndpoint> {
  return withEndpoints(state, ({ url, ...rest }, index) => ({ index, ...originOf(url), ...rest }));
}

/** `index`: the place of an endpoint among those of its service, from 0. */
type ReadinessPage<Endpoint> = Omit<Readiness, 'endpoints'> & {
  readonly endpoints: Readonly<Record<string, readonly Endpoint[]>>;
};

function withEndpoints<Endpoint>(
  state: Readiness,
  show: (endpoint: EndpointState, index: number) => Endpoint,
): ReadinessPage<Endpoint> {
  const endpoints = Object.entries(state.endpoints).map(
    ([name, states]) => [name, states.map(show)] as const,
  );
  return { ...state, endpoints: Object.fromEntries(endpoints) };
}

/** Nothing for what is no URL: a connector of one's own may call its endpoints anything. */
function originOf(url: string): { readonly origin?: string } {
  const parsed = URL.parse(url);
  return parsed === null || parsed.host === '' ? {} : { origin: `${parsed.protocol}//${parsed.host}` };
}

/** HTTP status of the page. */
export function statusOfReadiness({ status }: Readiness): number {
  return status === 'ready' || status === 'degraded' ? OK : UNAVAILABLE;
}

const OK = 200;
const UNAVAILABLE = 503;

/** The probes of a busy platform must not become load on the services. */
const PROBE_TTL_MS = 2000;
const DEGRADING = new Set(['unreachable', 'failing', 'disconnected', 'blocked', 'stale', 'unavailable']);

/**
 * `unavailable` only if no service at all is reachable: a platform that took every instance away because one service is down
 * would take the others down as well. Nor if it is failing: only calls find out that it is back. An issuer that is down never
 * makes more than `degraded`: the tokens of the others are still good, and only requests have its keys fetched again.
 */
export function createReadiness({
  connectors,
  issuers,
  bus,
  messages,
  redis,
  isStopping,
}: ReadinessSources): () => Promise<Readiness> {
  let probe: { readonly at: number; readonly reachable: Promise<ReadonlyMap<string, boolean>> } | undefined;
  return async () => {
    if (probe === undefined || probe.at + PROBE_TTL_MS <= Date.now())
      probe = { at: Date.now(), reachable: probeAll(connectors) };
    const reachable = await probe.reachable;
    const endpoints = endpointsOf(connectors);
    const services = Object.fromEntries(
      [...reachable].map(([name, isUp]) => [name, stateOf(isUp, endpoints[name])]),
    );
    const busState = busStateOf(bus, messages);
    const redisState = redis && { redis: redis.isUp() ? ('connected' as const) : ('disconnected' as const) };
    const keys = Object.fromEntries([...issuers].map(([name, issuer]) => [name, issuer.keysState()]));
    const states = [
      ...Object.values(services),
      busState,
      ...Object.values(redisState ?? {}),
      ...Object.values(keys),
    ];
    const status = isStopping() ? 'stopping' : statusOf(states);
    return { status, services, endpoints, bus: busState, ...redisState, issuers: keys };
  };
}

function busStateOf(bus: ReadinessSources['bus'], messages: ReadinessSources['messages']): Readiness['bus'] {
  if (!bus.isConnected()) return 'disconnected';
  return messages.state().blocked === undefined ? 'connected' : 'blocked';
}

function statusOf(states: readonly string[]): Readiness['status'] {
  const isAnyUp = states.includes('reachable') || states.includes('failing');
  if (!isAnyUp) return 'unavailable';
  return states.some((state) => DEGRADING.has(state)) ? 'degraded' : 'ready';
}

function stateOf(isUp: boolean, endpoints: readonly EndpointState[] = []): ServiceState {
  if (!isUp) return 'unreachable';
  const isFailing = endpoints.length > 0 && endpoints.every(({ circuit }) => circuit !== 'closed');
  return isFailing ? 'failing' : 'reachable';
}

function endpointsOf(connectors: ReadinessSources['connectors']): Readiness['endpoints'] {
  const states = [...connectors].map(
    ([name, ways]) => [name, ways.flatMap((way) => way.endpoints?.() ?? [])] as const,
  );
  return Object.fromEntries(states);
}

async function probeAll(connectors: ReadinessSources['connectors']): Promise<ReadonlyMap<string, boolean>> {
  const states = [...connectors].map(async ([name, ways]) => {
    const answers = await Promise.all(ways.map((way) => way.isReachable()));
    return [name, answers.every(Boolean)] as const;
  });
  return new Map(await Promise.all(states));
}
