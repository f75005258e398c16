import assert from 'node:assert/strict';
import { EVERY_TAG, type AnswerStore } from '../../../../facade/http/cache/answer-store.ts';
import { bytesOf, toCachedAnswer } from '../../../../facade/http/cache/cached-answer.ts';

const A_MINUTE = 60_000;

/** What holds for every store of answers. `open` gives the same one each time, `pass` lets time pass for it. */
export function describeAnswerStore<Mark>(
  name: string,
  open: () => AnswerStore<Mark>,
  pass: (milliseconds: number) => Promise<void>,
): void {
  let keys = 0;
  const newKey = (): string => `key ${(keys += 1)}`;

  /** Finds, and keeps what `json` says as if it had been asked for at that moment. */
  const keep = async (key: string, tags: string[], json: string, keepMs = A_MINUTE): Promise<void> => {
    const { mark } = await open().find(key, tags);
    await open().store(key, tags, toCachedAnswer(Buffer.from(json), Date.now()), mark, keepMs);
  };
  const bodyOf = async (key: string, tags: string[] = []): Promise<string | undefined> => {
    const { answer } = await open().find(key, tags);
    return answer && Buffer.from(bytesOf(answer)).toString();
  };

  describe(`${name} as a store of answers`, () => {
    it('gives back the bytes, with their ETag and time', async () => {
      const key = newKey();
      const json = Buffer.from(JSON.stringify({ text: 'naïve € 𝄞\n"', long: 'é'.repeat(20_000) }));
      const kept = toCachedAnswer(json, Date.now());
      await open().store(key, [], kept, (await open().find(key, [])).mark, A_MINUTE);
      const { answer } = await open().find(key, []);
      assert.ok(answer);
      assert.deepEqual(Buffer.from(bytesOf(answer)), json);
      assert.deepEqual([answer.etag, answer.storedAt], [kept.etag, kept.storedAt]);
    });

    it('knows nothing of other keys, nor of one that was removed', async () => {
      const [one, two] = [newKey(), newKey()];
      await keep(one, [], '1');
      assert.equal(await bodyOf(two), undefined);
      await open().remove(one);
      assert.equal(await bodyOf(one), undefined);
    });

    it('keeps an answer no longer than it may be of use', async () => {
      const key = newKey();
      await keep(key, [], '1', 300);
      assert.equal(await bodyOf(key), '1');
      await pass(400);
      assert.equal(await bodyOf(key), undefined);
    });

    it('forgets the answers that have a tag, and no others', async () => {
      const rows = [
        [newKey(), ['account:1']],
        [newKey(), ['customer:7', 'account:1']],
        [newKey(), ['account:2']],
        [newKey(), []],
      ] as [string, string[]][];
      for (const [key, tags] of rows) await keep(key, tags, key);
      await open().forget(['account:1', 'account:3']);
      const left = [];
      for (const [key, tags] of rows) left.push((await bodyOf(key, tags)) !== undefined);
      assert.deepEqual(left, [false, false, true, true]);
      await open().forget([EVERY_TAG]);
      assert.equal(await bodyOf(...rows[2]!), undefined);
      assert.equal(await bodyOf(...rows[3]!), rows[3]![0], 'what has no tags stays for its time');
    });

    it('keeps no answer that was asked for before its tag was forgotten', async () => {
      const key = newKey();
      const tags = ['account:4'];
      const { mark } = await open().find(key, tags);
      await open().forget(tags);
      await open().store(key, tags, toCachedAnswer(Buffer.from('old'), Date.now()), mark, A_MINUTE);
      assert.equal(await bodyOf(key, tags), undefined);
      await keep(key, tags, 'new');
      assert.equal(await bodyOf(key, tags), 'new');
    });
  });
}
