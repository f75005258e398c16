import { DecodeError } from '../../wsdl/index.ts';
import { maskText } from '../../masking/index.ts';
import type { Breach, Observation } from './proxy-exchange.ts';

/** A way in which a service, or those who call it, went against the contract. */
export interface Drift {
  readonly service: string;
  readonly port: string;
  /** Missing where the request could not be routed. */
  readonly operation?: string;
  readonly direction: 'request' | 'answer';
  /** What is wrong, and where; masked. */
  readonly reason: string;
  /** How often it was seen. */
  readonly count: number;
}

const MOST = 1_000;

/** Counts each difference once; at most 1,000 different ones. */
export class DriftReport {
  readonly #found = new Map<string, Drift>();

  get found(): readonly Drift[] {
    return [...this.#found.values()];
  }

  add({ breaches, ...call }: Observation): void {
    for (const breach of breaches) this.#count(call, breach);
  }

  #count({ endpoint, codec }: Omit<Observation, 'breaches'>, { direction, error }: Breach): void {
    const entry = {
      service: endpoint.service.name,
      port: endpoint.port.name,
      ...(codec && { operation: codec.operation.id }),
      direction,
      reason: maskText(reasonOf(error)),
    };
    const key = JSON.stringify(entry);
    const former = this.#found.get(key);
    if (former === undefined && this.#found.size >= MOST) return;
    this.#found.set(key, { ...entry, count: (former?.count ?? 0) + 1 });
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof DecodeError) return `${error.code}: ${error.message}`;
  return error instanceof Error ? error.message : String(error);
}
