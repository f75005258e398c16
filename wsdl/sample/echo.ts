import type { JsonValue } from '../codec/codec.ts';
import { wordsOf } from './believable/words.ts';

/** What many things have: only together with the thing is it a name. */
const VAGUE =
  /^(id|name|title|code|type|value|number|key|status|description|text|date|amount|currency|count|total|result)$/;

const SHORT_FORMS: readonly (readonly [RegExp, string])[] = [
  [/\b(no|nr|num)$/, 'number'],
  [/\bidentifier$/, 'id'],
  [/\bacct?\b/, 'account'],
  [/\bcust\b/, 'customer'],
];

/** No request has more that would be worth repeating. */
const MOST_VALUES = 500;
const LONGEST_VALUE = 500;

interface Heard {
  readonly values: string[];
  /** How many of them were told, each once. */
  told: number;
}

/** The scalar values of a request by the words of their names, for the answer to repeat. */
export class Echo {
  readonly #heard = new Map<string, Heard>();
  #count = 0;

  constructor(request: JsonValue) {
    this.#listen(request, '', '');
  }

  /**
   * Lexical forms that a member of the answer may take. What stands in an element of the same name as in the request takes
   * its values in turn, each once: the entries of a list are not all the one that was asked for. So does what is named vaguely;
   * other names mean the same wherever they stand.
   */
  valuesFor(name: string, owner: string): readonly string[] {
    const own = nameOf(name);
    const owned = nameOf(`${owner} ${name}`);
    if (owned !== own && this.#heard.has(owned)) return this.#tellOnce(owned);
    return VAGUE.test(own) ? this.#tellOnce(own) : this.#tell(own);
  }

  /** The only value as often as it is asked for; several are each one of something. */
  #tell(key: string): readonly string[] {
    const values = this.#heard.get(key)?.values ?? [];
    return values.length > 1 ? this.#tellOnce(key) : values;
  }

  #tellOnce(key: string): readonly string[] {
    const heard = this.#heard.get(key);
    const value = heard?.values[heard.told++];
    return value === undefined ? [] : [value];
  }

  #listen(value: JsonValue, name: string, owner: string): void {
    if (value === null || this.#count >= MOST_VALUES) return;
    if (Array.isArray(value)) for (const entry of value) this.#listen(entry, name, owner);
    else if (typeof value === 'object') this.#listenToMembers(value, name, owner);
    else this.#hear(String(value), name, owner);
  }

  /** Groups (`@choice`) and simple content (`value`) are part of the element around them; headers speak of something else. */
  #listenToMembers(members: { readonly [name: string]: JsonValue }, name: string, owner: string): void {
    for (const [member, value] of Object.entries(members)) {
      if (member === 'value') this.#listen(value, name, owner);
      else if (!member.startsWith('@')) this.#listen(value, member, name);
      else if (Array.isArray(value)) this.#listen(value, name, owner);
    }
  }

  #hear(value: string, name: string, owner: string): void {
    if (value.length > LONGEST_VALUE || name === '') return;
    this.#count++;
    for (const key of new Set([nameOf(name), nameOf(`${owner} ${name}`)])) {
      const heard = this.#heard.get(key) ?? { values: [], told: 0 };
      this.#heard.set(key, heard);
      heard.values.push(value);
    }
  }
}

function nameOf(name: string): string {
  return SHORT_FORMS.reduce((words, [form, whole]) => words.replace(form, whole), wordsOf(name));
}
