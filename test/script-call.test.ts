import assert from 'node:assert/strict';
import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const SCRIPTS = [
  'test/corpus/run.ts',
  'test/messages/run.ts',
  'test/fuzz/run.ts',
  'test/commands/storm.ts',
  'test/estate/run.ts',
  'bench/run.ts',
  'bench/profile.ts',
  'bench/soak.ts',
];

describe("a developer's script", function () {
  this.timeout(60_000);

  for (const script of SCRIPTS) {
    it(`${script} tells its usage, and refuses an option that it has not, in one line`, () => {
      const help = run(script, '--help');
      assert.equal(help.status, 0, help.stderr);
      assert.match(help.stdout, /^usage: (npm run [a-z]+ --|node bench\/[a-z]+\.ts) /);
      const unknown = run(script, '--no-such-option');
      assert.equal(unknown.status, 2);
      assert.match(unknown.stderr, /^Unknown option '--no-such-option' .*\n$/);
    });
  }

  for (const [script, words, reason] of [
    ['test/corpus/run.ts', [], /the folder with the contracts is missing/],
    ['test/corpus/run.ts', ['docs'], /there is no inventory\.tsv in docs/],
    ['test/corpus/run.ts', ['test/fixtures/contracts', '--only', '('], /--only is no regular expression/],
    ['test/fuzz/run.ts', ['--seconds', 'long'], /--seconds takes a whole number, not "long"/],
    ['test/commands/storm.ts', ['--store', 'paper'], /--store is sqlite or postgres, not "paper"/],
    ['test/estate/run.ts', [], /a WSDL is missing/],
    ['bench/run.ts', ['--loads', 'none-such'], /there is no load "none-such"; these are: account, /],
  ] as const) {
    it(`${[script, ...words].join(' ')} says what is off, and ends with 2`, () => {
      const { status, stderr } = run(script, ...words);
      assert.equal(status, 2);
      assert.match(stderr, reason);
      assert.equal(stderr.trim().split('\n').length, 1);
    });
  }
});

function run(script: string, ...words: readonly string[]): SpawnSyncReturns<string> {
  const cwd = fileURLToPath(new URL('..', import.meta.url));
  return spawnSync(process.execPath, [script, ...words], { cwd, encoding: 'utf8' });
}
