import assert from 'node:assert/strict';

/** Replaces, and fails if there was nothing to replace. */
export function changed(text: string, from: string | RegExp, to: string): string {
  const result = text.replace(from, () => to);
  assert.notEqual(result, text, String(from));
  return result;
}

export function partOf(text: string, pattern: RegExp): string {
  return pattern.exec(text)?.[0] ?? assert.fail(String(pattern));
}
