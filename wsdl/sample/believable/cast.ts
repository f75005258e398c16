import type { Random } from '../random.ts';
import { countries, type Country } from './country.ts';
import { companies, firstNames, lastNames } from './names.ts';

/** Somebody whom a message speaks of. */
export interface Person {
  readonly first: string;
  readonly last: string;
  /** xs:date, of an adult. */
  readonly born: string;
}

export type Trait = keyof Person | 'full' | 'email' | 'phone';

/**
 * Who and where a message is about: everything is in one country, and first name, last name and e-mail that follow each
 * other are those of one person. When a trait is asked for again, the message has come to the next person.
 */
export class Cast {
  readonly #random: Random;
  readonly #told = new Set<Trait>();
  #country: Country | undefined;
  #person: Person | undefined;
  #town: Country['towns'][number] | undefined;

  constructor(random: Random) {
    this.#random = random;
  }

  get country(): Country {
    return (this.#country ??= this.#random.pick(countries));
  }

  /** One that has not told this trait yet. */
  person(trait: Trait): Person {
    if (this.#person === undefined || this.#told.has(trait)) {
      this.#told.clear();
      this.#person = this.#newPerson();
    }
    this.#told.add(trait);
    return this.#person;
  }

  /** Name and postcode of one town, until the part is asked for again. */
  town(part: 0 | 1): string {
    const known = this.#town;
    const town = known ?? this.#random.pick(this.country.towns);
    this.#town = known === undefined ? town : undefined;
    return town[part];
  }

  company(): string {
    return this.#random.pick(companies);
  }

  #newPerson(): Person {
    const random = this.#random;
    const two = (number: number): string => String(number).padStart(2, '0');
    return {
      first: random.pick(firstNames),
      last: random.pick(lastNames),
      born: `${random.integer(1950, 2003)}-${two(random.integer(1, 12))}-${two(random.integer(1, 28))}`,
    };
  }
}
