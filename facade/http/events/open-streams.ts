import type { EventsConfig } from '../../config/events-config.ts';
import type { Events } from '../../events/open-events.ts';
import { createStreams, type Streams, type StreamsOptions } from './streams-handler.ts';

/** The streams of a configuration, if it has any. */
export function openStreams(
  { stream }: EventsConfig,
  { streaming, tally }: Events,
  guards: Pick<StreamsOptions, 'authenticate' | 'rateLimiter' | 'cors'>,
): Streams | undefined {
  if (stream === undefined || streaming === undefined) return undefined;
  return createStreams({ ...guards, ...streaming, config: stream, tally });
}
