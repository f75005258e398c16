import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { randomBytes, randomUUID } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import type { CommandStore } from '../../../facade/commands/command-store.ts';
import type { Accepted } from '../../../facade/commands/deferred-store.ts';
import { openSqliteCommandStore } from '../../../facade/commands/sqlite/sqlite-command-store.ts';
import { skipBecause } from '../../services/skip-because.ts';
import { holdsOperations } from './deferred-suite.ts';
import { holdsEvents } from './event-stores-suite.ts';
import { holdsCommands, type Place } from './store-suite.ts';

const times = { answeredMs: 60_000, unknownMs: 60_000, leaseMs: 60_000, eventsMs: 60_000 };

describe('commands in SQLite', () => {
  const folders: string[] = [];
  const createFolder = (): string => {
    const folder = mkdtempSync(join(tmpdir(), 'portico-commands-'));
    folders.push(folder);
    return folder;
  };
  after(() => {
    for (const folder of folders) rmSync(folder, { recursive: true });
  });
  const open = (path: string, busyMs?: number): Promise<CommandStore> =>
    openSqliteCommandStore({ path, owner: randomUUID(), times, ...(busyMs !== undefined && { busyMs }) });

  const createPlace = async (): Promise<Place> => {
    const path = join(createFolder(), 'commands.sqlite');
    return {
      open: (given) => openSqliteCommandStore({ path, owner: randomUUID(), times: given }),
      free: async () => undefined,
    };
  };
  holdsCommands(createPlace);
  holdsOperations(createPlace);
  holdsEvents(createPlace);

  it('writes through to the disk, and keeps its folder to its own user', async () => {
    const folder = join(createFolder(), 'own');
    const store = await open(join(folder, 'commands.sqlite'));
    assert.equal(statSync(folder).mode & 0o777, 0o700);
    await store.close();
    const database = new DatabaseSync(join(folder, 'commands.sqlite'));
    assert.deepEqual({ ...database.prepare('PRAGMA journal_mode').get() }, { journal_mode: 'wal' });
    database.close();
  });

  it('refuses a schema of a newer version, and leaves it alone', async () => {
    const path = join(createFolder(), 'commands.sqlite');
    const database = new DatabaseSync(path);
    database.exec('PRAGMA user_version = 999');
    database.close();
    await assert.rejects(open(path), {
      name: 'CommandStoreError',
      code: 'unusable',
      message: /schema 999.*newer/,
    });
  });

  it('is unusable where there is no folder to be made, or no database', async () => {
    const folder = createFolder();
    writeFileSync(
      join(folder, 'file'),
      'this is not a database, whatever it may be called; it is long enough to be read',
    );
    await assert.rejects(open(join(folder, 'file', 'commands.sqlite')), { code: 'unusable' });
    await assert.rejects(open(join(folder, 'file')), { code: 'unusable', message: /not a database/ });
  });

  it('is unavailable while another process keeps the file to itself, and available afterwards', async () => {
    const path = join(createFolder(), 'commands.sqlite');
    const store = await open(path, 20);
    const other = new DatabaseSync(path);
    other.exec('BEGIN IMMEDIATE');
    const command = { id: 'a', claim: 'b', fingerprint: 'c', operation: 'd' };
    await assert.rejects(store.begin(command), { code: 'unavailable', message: /locked/ });
    other.exec('ROLLBACK');
    other.close();
    assert.deepEqual(await store.begin(command), { kind: 'begun' });
    await store.close();
    await assert.rejects(store.begin(command), { code: 'unavailable', message: /closed/ });
  });

  it('takes nothing more once its file was removed or replaced: nobody would find it again', async () => {
    const path = join(createFolder(), 'commands.sqlite');
    const command = { id: 'a', claim: 'b', fingerprint: 'c', operation: 'd' };
    const store = await open(path);
    assert.deepEqual(await store.begin(command), { kind: 'begun' });
    rmSync(path);
    await assert.rejects(store.begin(command), { code: 'unavailable', message: /removed/ });
    writeFileSync(path, '');
    await assert.rejects(store.begin({ ...command, id: 'e' }), { code: 'unavailable', message: /replaced/ });
    await store.close();
  });

  it('refuses what a full disk cannot take, keeps what it took, and goes on when there is room', async function () {
    const folder = createFolder();
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'ignore' });
    } catch {
      return skipBecause(this, 'a file system of a given size cannot be mounted here');
    }
    const store = await open(join(folder, 'commands.sqlite'));
    try {
      await store.beat();
      const accept = (id: string): Promise<Accepted> =>
        store.deferred.accept(
          { id: `command ${id}`, claim: id, fingerprint: 'f', operation: 'bank POST /v1/transfers' },
          {
            id,
            service: 'bank',
            name: 'transfer',
            caller: 'anna',
            content: randomBytes(50_000),
            giveUpMs: 60_000,
          },
        );
      const taken: string[] = [];
      await assert.rejects(
        async () => {
          for (let number = 0; number < 100; number += 1) {
            await accept(String(number));
            taken.push(String(number));
          }
        },
        { name: 'CommandStoreError', code: 'unavailable', message: /full/ },
      );
      assert.ok(taken.length > 0 && taken.length < 100, String(taken.length));
      for (const id of taken) assert.equal((await store.deferred.find(id))?.state, 'accepted');
      assert.equal(await store.deferred.find(String(taken.length)), undefined);
      execFileSync('mount', ['-o', 'remount,size=8m', folder]);
      assert.deepEqual(await accept('later'), { kind: 'accepted' });
      assert.equal((await store.deferred.take('bank', 100)).length, taken.length + 1);
    } finally {
      await store.close();
      execFileSync('umount', [folder]);
    }
  });
});
