import { createInProcessMessageBus, type BusTopology, type MessageBus } from '../../../connectors/index.ts';

export const noQueues: BusTopology = {
  mode: 'declare',
  exchanges: [],
  deadLetterExchange: 'dead',
  queues: [],
};

/** For what needs a bus and does not use it. */
export function idleBus(): MessageBus {
  return createInProcessMessageBus({ topology: noQueues });
}
