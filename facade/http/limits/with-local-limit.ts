import type { LimitStore, Standing } from './limit-store.ts';

/** Counts in `local` while `shared` does not answer, so that a limit is then neither open nor shut. */
export function withLocalLimit(shared: LimitStore, local: LimitStore): LimitStore {
  const countLocally = async (key: string): Promise<Standing> => ({
    ...(await local.hit(key)),
    isLocal: true,
  });
  return {
    async hit(key) {
      try {
        return await shared.hit(key);
      } catch {
        // Whatever is wrong with a counter is no reason to fail a request; the link tells the log.
        return countLocally(key);
      }
    },
  };
}
