/** That a route will go, as a mapping row says it. */
export interface DeprecationMapping {
  /** Day, or moment in UTC, from which it is deprecated; may be still to come (RFC 9745). */
  readonly since: string;
  /** When it is expected to answer no more (RFC 8594). */
  readonly sunset?: string;
  /** What to read about it. */
  readonly link?: string;
}
