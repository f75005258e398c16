import type { SourcePoint } from '../parse/findings.ts';

/** Linking was given up: the contract expands to more than is taken from anyone. */
export class LinkLimit extends Error {
  override readonly name = 'LinkLimit';
  readonly at: SourcePoint | undefined;

  constructor(message: string, at: SourcePoint | undefined) {
    super(message);
    this.at = at;
  }
}

/** Bounds how far groups, base types and substitution groups may multiply what is written. */
export class Budget {
  #left: number;

  constructor(particles: number) {
    this.#left = particles;
  }

  spend(particles: number, at: SourcePoint | undefined): void {
    this.#left -= particles;
    if (this.#left < 0)
      throw new LinkLimit(
        'The groups and base types of the schemas expand to too many elements. Raise the limit if they are trusted.',
        at,
      );
  }
}
