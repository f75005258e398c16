import type { MessageHeaders } from '../../connectors/index.ts';

/** A header by its name in any case; from outside, it may be anything. */
export function headerOf(headers: MessageHeaders | undefined, name: string): string | undefined {
  const found = Object.entries(headers ?? {}).find(([key]) => key.toLowerCase() === name);
  const value = found?.[1];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
