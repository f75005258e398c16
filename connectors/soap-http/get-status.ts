import type { RequestDispatcher } from './create-dispatcher.ts';

/** Much more than a page about health has. */
const MOST_BYTES = 64 * 1024;

/** HTTP status of a GET, whose content is not looked at; a redirect is an answer. @throws if none came in time. */
export async function getStatus(
  dispatcher: RequestDispatcher,
  origin: string,
  path: string,
  timeoutMs: number,
): Promise<number> {
  const signal = AbortSignal.timeout(timeoutMs);
  const { statusCode, body } = await dispatcher.request({ origin, path, method: 'GET', signal });
  await body.dump({ limit: MOST_BYTES, signal });
  return statusCode;
}
