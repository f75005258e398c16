import type { CpuProfile } from '../report/cpu-profile.ts';
import type { Load } from '../scene/load.ts';

/** What a contender is told when it is started, as JSON in its only argument. */
export interface Assignment {
  readonly endpoint: string;
  /** See `createScene`. */
  readonly folder: string;
  readonly load: Pick<Load, 'operation' | 'action' | 'envelope' | 'soapInput'>;
  readonly hasBankRoutes: boolean;
  readonly hasRecords: boolean;
  readonly cacheBytes?: number;
}

/** What a contender has used so far. */
export interface Usage {
  /** User and system time of all its threads, in microseconds. */
  readonly cpu: number;
  /** Bytes. */
  readonly rss: number;
  readonly heap: number;
  /** Outside the heap. */
  readonly buffers: number;
}

export type Question = 'usage' | 'collect' | 'start-profile' | 'stop-profile';
export type Message = { readonly port: number } | Usage | { readonly profile: CpuProfile | undefined };
