/** `events`. */
export interface EventsConfig {
  /** What becomes of an event that no queue of the broker takes. */
  readonly unrouted: 'keep' | 'drop';
}
