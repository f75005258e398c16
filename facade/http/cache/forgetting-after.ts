import type { Route } from '../../../openapi/index.ts';
import type { JsonValue } from '../../../wsdl/index.ts';
import { mayHaveBeenDone } from '../may-have-been-done.ts';
import type { ResponseCache } from './response-cache.ts';

/**
 * Makes a call, and forgets in all processes what it has changed, or may have: before its caller hears of it, so that whatever that
 * one reads next is no older. `input` may still be filled in by `call`.
 */
export function forgettingAfter<T>(
  cache: Pick<ResponseCache, 'forgetAfter'>,
  route: Route,
  input: JsonValue,
  call: () => Promise<T>,
): Promise<T> {
  return route.invalidates === undefined ? call() : callAndForget(cache, route, input, call);
}

async function callAndForget<T>(
  cache: Pick<ResponseCache, 'forgetAfter'>,
  route: Route,
  input: JsonValue,
  call: () => Promise<T>,
): Promise<T> {
  try {
    const result = await call();
    await cache.forgetAfter(route, input);
    return result;
  } catch (error) {
    if (mayHaveBeenDone(error)) await cache.forgetAfter(route, input);
    throw error;
  }
}
