import type { CodecOf } from './codecs.ts';
import { MockControl } from './control/mock-control.ts';
import type { Endpoint } from './endpoint.ts';
import { Journal } from './journal/journal.ts';
import { ScenarioPlayer } from './scenario/play/scenario-player.ts';
import type { ScenarioBook } from './scenario/scenario-book.ts';
import type { ScenarioSource } from './scenario/scenario-source.ts';
import { MockState, type StateSnapshot } from './scenario/state/mock-state.ts';

export interface ScenarioOptions {
  readonly sources: readonly ScenarioSource[];
  readonly endpoints: readonly Endpoint[];
  readonly codecOf: CodecOf;
  readonly seed: number;
  readonly now: () => Date;
}

/** What plays the scenarios of a mock, and what controls it. */
export interface OpenScenarios {
  readonly player: ScenarioPlayer;
  readonly control: MockControl;
}

const NOTHING: StateSnapshot = { stores: {}, machines: {}, counters: {} };

/** @throws ScenarioError with everything that is wrong with the scenarios. */
export async function openScenarios({
  sources,
  seed,
  now,
  ...rest
}: ScenarioOptions): Promise<OpenScenarios> {
  const book = sources.length === 0 ? undefined : await openBook(sources, rest);
  const initialState = book?.initialState ?? NOTHING;
  const state = new MockState(initialState);
  const player = new ScenarioPlayer(book?.table ?? new Map(), { state, seed, now });
  return {
    player,
    control: new MockControl({ ...rest, journal: new Journal(), state, initialState, player, book }),
  };
}

/** YAML and the checks are loaded only for who has scenarios. */
async function openBook(
  sources: readonly ScenarioSource[],
  options: Pick<ScenarioOptions, 'endpoints' | 'codecOf'>,
): Promise<ScenarioBook> {
  const [{ loadScenarioTexts }, { ScenarioBook: Book }] = await Promise.all([
    import('./scenario/scenario-source.ts'),
    import('./scenario/scenario-book.ts'),
  ]);
  return new Book(await loadScenarioTexts(sources), options);
}
