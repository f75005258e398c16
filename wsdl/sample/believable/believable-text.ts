import { suitableDay } from './suitable-day.ts';
import type { Stage } from './stage.ts';
import { rules, type Rule } from './rules.ts';
import { wordsOf } from './words.ts';

/** What a contract says about a text, other than its facets. */
export interface TextHints {
  /** Local name of the element or attribute. */
  readonly name: string;
  /** Local name of the element around it; `''` where there is none. */
  readonly owner: string;
  /** Local names of its types that the schema declares, from the type itself to its bases. */
  readonly types: readonly string[];
  /** Documentation of the element and of its type. */
  readonly documentation: string;
}

/** Texts that a reader would expect there, plainest first. The last one always says the name itself. */
export function* believableTexts(hints: TextHints, stage: Stage): Generator<string> {
  const { random, cast } = stage;
  const { name, documentation } = hints;
  const words = wordsOf(name);
  if (documentation !== '') yield* examplesIn(documentation);
  const rule = ruleFor(hints);
  if (rule) yield* rule.texts({ random, cast, words, day: () => suitableDay(words, stage) });
  yield `${words.replace(/ /g, '-') || 'text'}-${random.integer(1, 99)}`;
}

/** Words that say little without those of the element around them. */
const VAGUE = /^(name|title|code|type|value|number|no|nr|description|line ?\d?|data)$/;

const chosen = new Map<string, Rule | undefined>();
const MOST_CHOSEN = 20_000;

/** The most particular of the rules that the name, the names of the types, and the name with its owner's suggest. */
export function ruleFor(hints: TextHints): Rule | undefined {
  const { name, owner, types, documentation } = hints;
  const key = `${name}\n${owner}\n${types.join(' ')}\n${documentation}`;
  const known = chosen.get(key);
  if (known !== undefined || chosen.has(key)) return known;
  const rule = chooseRule(hints);
  if (chosen.size < MOST_CHOSEN) chosen.set(key, rule);
  return rule;
}

function chooseRule({ name, owner, types, documentation }: TextHints): Rule | undefined {
  const own = wordsOf(name);
  const around = VAGUE.test(own) ? [`${wordsOf(owner)} ${own}`] : [];
  const sources = [own, ...around, ...types.map(wordsOf)];
  const found = rules.find(({ names }) => sources.some((words) => names.test(words)));
  const told = rules.find((rule) => rule.documentation?.test(documentation));
  if (found === undefined || told === undefined) return found ?? told;
  return rules.indexOf(told) < rules.indexOf(found) ? told : found;
}

const EXAMPLE =
  /(?:\be\.g\.|\bfor example|\bexamples?:|\bsuch as)[\s:,]*["'\u2018\u201c]([^"'\u2019\u201d]{1,60})["'\u2019\u201d]/gi;

/** What the documentation quotes as an example. */
function examplesIn(documentation: string): string[] {
  return Array.from(documentation.matchAll(EXAMPLE), ([, example = '']) => example.trim()).filter(
    (example) => example !== '',
  );
}
