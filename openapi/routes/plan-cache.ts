import type { Contract, Operation } from '../../wsdl/index.ts';
import type { RouteCache, RouteMapping, RouteTag } from '../route.ts';
import type { Report } from './mapping-problem.ts';
import { resolveMember } from './resolve-member.ts';

/** What is kept of a row's answers, or forgotten after its calls. */
export function planCache(
  contract: Contract,
  operation: Operation,
  { cache, invalidates, method }: RouteMapping,
  report: Report,
): { readonly cache?: RouteCache; readonly invalidates?: readonly RouteTag[] } {
  const toTags = (field: readonly string[], tags: readonly string[]): RouteTag[] =>
    tags.flatMap((tag, index) => {
      const parsed = parseTag(contract, operation, tag);
      if (typeof parsed !== 'string') return [parsed];
      report([...field, String(index)], parsed);
      return [];
    });
  if (invalidates && method === 'GET')
    report(['invalidates'], 'A GET changes nothing, so that no answer is out of date after it: remove this.');
  return {
    ...(cache && {
      cache: {
        ttlSeconds: cache.ttlSeconds,
        staleWhileRevalidateSeconds: cache.staleWhileRevalidateSeconds ?? 0,
        staleIfErrorSeconds: cache.staleIfErrorSeconds ?? 0,
        isShared: cache.shared ?? false,
        tags: toTags(['cache', 'tags'], cache.tags ?? []),
      },
    }),
    ...(invalidates && { invalidates: toTags(['invalidates'], invalidates) }),
  };
}

const MEMBER = /\{([^{}]*)\}/;

/** `account:{accountId}`. @returns its parts, or a sentence on what is wrong. */
function parseTag(contract: Contract, operation: Operation, tag: string): RouteTag | string {
  // Every second one stood between braces.
  const parts = tag.split(MEMBER);
  const resolved = parts.map((part, index) => {
    if (index % 2 === 0) return /[{}]/.test(part) ? `"${tag}" has a brace too many.` : { path: part };
    return resolveMember(contract, operation.input, part);
  });
  const fault = resolved.find((part) => typeof part === 'string');
  if (fault !== undefined) return fault;
  return (resolved as { readonly path: RouteTag[number] }[])
    .map(({ path }) => path)
    .filter((part) => part !== '');
}
