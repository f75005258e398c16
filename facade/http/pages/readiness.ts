import type { Connector, EventBus } from '../../../connectors/index.ts';

export interface Readiness {
  readonly status: 'ready' | 'degraded' | 'unavailable' | 'stopping';
  readonly services: Readonly<Record<string, 'reachable' | 'unreachable'>>;
  readonly bus: 'connected' | 'disconnected';
}

export interface ReadinessSources {
  /** The ways to each service, by its name. */
  readonly connectors: ReadonlyMap<string, readonly Connector[]>;
  readonly bus: EventBus;
  readonly isStopping: () => boolean;
}

/** The probes of a busy platform must not become load on the services. */
const PROBE_TTL_MS = 2000;

/**
 * `unavailable` only if no service at all is reachable: a platform that took every instance away because one service is down
 * would take the others down as well.
 */
export function createReadiness({ connectors, bus, isStopping }: ReadinessSources): () => Promise<Readiness> {
  let probe: { readonly at: number; readonly services: Promise<Readiness['services']> } | undefined;
  return async () => {
    if (probe === undefined || probe.at + PROBE_TTL_MS <= Date.now())
      probe = { at: Date.now(), services: probeAll(connectors) };
    const services = await probe.services;
    const busState = bus.isConnected() ? 'connected' : 'disconnected';
    const states = [...Object.values(services), busState];
    return { status: isStopping() ? 'stopping' : statusOf(states), services, bus: busState };
  };
}

function statusOf(states: readonly string[]): Readiness['status'] {
  if (!states.includes('reachable')) return 'unavailable';
  return states.includes('unreachable') || states.includes('disconnected') ? 'degraded' : 'ready';
}

async function probeAll(
  connectors: ReadonlyMap<string, readonly Connector[]>,
): Promise<Readiness['services']> {
  const states = [...connectors].map(async ([name, ways]) => {
    const answers = await Promise.all(ways.map((way) => way.isReachable()));
    return [name, answers.every(Boolean) ? 'reachable' : 'unreachable'] as const;
  });
  return Object.fromEntries(await Promise.all(states));
}
