import type { PointKind } from './points.ts';

/** Counts what was seen, by the kind of a point, the name of the type or message that it belongs to, and its own name. */
export class Sightings {
  readonly #counts = new Map<string, number>();

  see(kind: PointKind, where: string, name: string): void {
    const key = keyOf(kind, where, name);
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
  }

  count(kind: PointKind, where: string, name: string): number {
    return this.#counts.get(keyOf(kind, where, name)) ?? 0;
  }

  clear(): void {
    this.#counts.clear();
  }
}

function keyOf(kind: PointKind, where: string, name: string): string {
  return `${kind}\n${where}\n${name}`;
}
