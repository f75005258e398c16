/** Exchanges or queues at the broker are not what the configuration says. The message names each and what differs. */
export class TopologyError extends Error {
  override readonly name = 'TopologyError';
}
