const WAIT = /^wait\s*=\s*"?(\d{1,9})"?\s*(?:;.*)?$/i;

/**
 * Seconds that the client is ready to wait, `Prefer: wait=10` (RFC 7240, 4.3); the first counts (2). Undefined if there is
 * none, or one that cannot be kept, which is no error.
 */
export function preferredWait(prefer: string | readonly string[] | undefined): number | undefined {
  if (prefer === undefined) return undefined;
  const preferences = [prefer].flat().join(',').split(',');
  const waits = preferences.map((preference) => WAIT.exec(preference.trim())?.[1]);
  const seconds = Number(waits.find((wait) => wait !== undefined) ?? 0);
  return seconds > 0 ? seconds : undefined;
}

const ASYNC = /(?:^|,)\s*respond-async\s*(?:[;,]|$)/i;

/** Whether the client would rather not wait at all, `Prefer: respond-async` (RFC 7240, 4.1). */
export function prefersAsync(prefer: string | readonly string[] | undefined): boolean {
  return prefer !== undefined && ASYNC.test([prefer].flat().join(','));
}
