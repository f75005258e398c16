import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLogFile } from '../../../facade/log/log-file.ts';
import { skipBecause } from '../../services/skip-because.ts';

const fail = (error: Error): never => {
  throw error;
};

describe('A log file', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'portico-log-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('is appended to, in folders that may not be there yet, and is nobody else’s to read', async () => {
    const path = join(folder, 'a/b/log');
    for (const line of ['one\n', 'two\n']) {
      const file = openLogFile(path, fail);
      file.write(line);
      await file.close();
    }
    assert.equal(readFileSync(path, 'utf8'), 'one\ntwo\n');
    assert.equal(statSync(path).mode & 0o007, 0);
  });

  it('is opened anew on SIGHUP, without losing or doubling a line', async () => {
    const path = join(folder, 'log');
    const file = openLogFile(path, fail);
    for (let index = 0; index < 1000; index += 1) file.write(`before ${index}\n`);
    await file.flush();
    renameSync(path, `${path}.1`);
    // What is under way when the signal comes may end in either.
    for (let index = 0; index < 20_000; index += 1) file.write(`between ${index}\n`);
    process.emit('SIGHUP');
    for (let index = 0; index < 1000; index += 1) file.write(`after ${index}\n`);
    await file.close();
    const [old, present] = [readFileSync(`${path}.1`, 'utf8'), readFileSync(path, 'utf8')];
    assert.ok(!old.includes('after'));
    assert.ok(present.endsWith('after 999\n'));
    assert.equal((old + present).split('\n').length, 22_001);
    assert.equal(new Set((old + present).split('\n')).size, 22_001);
  });

  it('goes on where it was if it cannot be opened anew', async () => {
    const path = join(folder, 'x/log');
    const lost: Error[] = [];
    const file = openLogFile(path, (error) => lost.push(error));
    renameSync(join(folder, 'x'), join(folder, 'y'));
    // A file where the folder should be.
    await openLogFile(join(folder, 'x'), fail).close();
    process.emit('SIGHUP');
    file.write('line\n');
    await file.close();
    assert.equal(lost.length, 1);
    assert.equal(readFileSync(join(folder, 'y/log'), 'utf8'), 'line\n');
  });

  it('leaves SIGHUP alone when it is closed', async () => {
    const before = process.listenerCount('SIGHUP');
    const file = openLogFile(join(folder, 'log'), fail);
    assert.equal(process.listenerCount('SIGHUP'), before + 1);
    await file.close();
    assert.equal(process.listenerCount('SIGHUP'), before);
  });

  it('tells once that it cannot be written, and not with every line', async function () {
    if (!existsSync('/dev/full')) return skipBecause(this, 'this system has no /dev/full');
    const lost: Error[] = [];
    const file = openLogFile('/dev/full', (error) => lost.push(error));
    for (let run = 0; run < 3; run += 1) {
      file.write('line\n');
      await file.flush();
    }
    await file.close();
    assert.deepEqual(
      lost.map((error) => 'code' in error && error.code),
      ['ENOSPC'],
    );
  });

  it('takes no lines once it is closed', async () => {
    const path = join(folder, 'log');
    const file = openLogFile(path, fail);
    file.write('one\n');
    await file.close();
    file.write('two\n');
    await file.flush();
    assert.equal(readFileSync(path, 'utf8'), 'one\n');
  });
});
