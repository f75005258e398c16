import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { freePort } from './free-port.ts';

/** A real PostgreSQL for tests. */
export interface Postgres {
  /** Of an empty database, a new one at each call. */
  createDatabase(): Promise<string>;
  /** Ends and starts the server on the same port; undefined where the server is not ours. */
  readonly stopServer?: () => Promise<void>;
  readonly startServer?: () => Promise<void>;
  /** Ends the server; one given by its URL is left as it is. */
  stop(): Promise<void>;
}

/**
 * The server at PORTICO_TEST_POSTGRES_URL, whose user may make databases, or an own one on a free port in a temporary folder.
 * @returns why there is none, as a sentence. With CI=true that is an error instead.
 */
export async function startPostgres(): Promise<Postgres | string> {
  const given = process.env['PORTICO_TEST_POSTGRES_URL'];
  if (given) return { createDatabase: () => createDatabase(given), stop: async () => undefined };
  const binaries = findBinaries();
  if (binaries !== undefined) return startOwn(binaries);
  const reason = 'no PostgreSQL: PORTICO_TEST_POSTGRES_URL is not set and postgresql is not installed';
  if (process.env['CI'] === 'true') throw new Error(reason);
  return reason;
}

/** Debian keeps them out of PATH, by version. */
function findBinaries(): string | undefined {
  const root = '/usr/lib/postgresql';
  const versions = existsSync(root)
    ? readdirSync(root).sort((left, right) => Number(right) - Number(left))
    : [];
  const folders = [
    ...versions.map((version) => join(root, version, 'bin')),
    ...(process.env['PATH'] ?? '').split(':'),
  ];
  return folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')));
}

/** PostgreSQL refuses to run as root: then as the user that its package has made. */
function userIds(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const idOf = (flag: string): number => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: idOf('-u'), gid: idOf('-g') };
}

async function startOwn(binaries: string): Promise<Postgres> {
  const folder = await mkdtemp(join(tmpdir(), 'portico-postgres-'));
  const ids = userIds();
  if (ids !== undefined) chownSync(folder, ids.uid, ids.gid);
  const files = join(folder, 'data');
  execFileSync(
    join(binaries, 'initdb'),
    ['-D', files, '-U', 'portico', '--auth=trust', '--no-sync', '--encoding=UTF8', '--locale=C'],
    { stdio: 'ignore', cwd: folder, ...ids },
  );
  const port = await freePort();
  const url = `postgres://portico@127.0.0.1:${port}/postgres`;
  const args = ['-D', files, '-p', String(port), '-c', 'listen_addresses=127.0.0.1', '-k', folder];
  const start = (): Promise<ChildProcess> => run(join(binaries, 'postgres'), args, folder, url, ids);
  let server = await start();
  return {
    createDatabase: () => createDatabase(url),
    stopServer: () => end(server),
    startServer: async () => void (server = await start()),
    stop: async () => {
      await end(server, 'SIGQUIT');
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function run(
  program: string,
  args: readonly string[],
  cwd: string,
  url: string,
  ids: ReturnType<typeof userIds>,
): Promise<ChildProcess> {
  const child = spawn(program, args, { cwd, stdio: ['ignore', 'ignore', 'pipe'], ...ids });
  let output = '';
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  for (const deadline = Date.now() + 60_000; !(await isUp(url));) {
    if (child.exitCode !== null || Date.now() > deadline)
      throw new Error(`postgres did not start:\n${output}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return child;
}

async function isUp(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** SIGINT: PostgreSQL's fast shutdown. */
/** Fast shutdown; `SIGQUIT`, where the files are thrown away, spares writing everything to the disk once more. */
async function end(server: ChildProcess, signal: 'SIGINT' | 'SIGQUIT' = 'SIGINT'): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const exited = once(server, 'exit');
  server.kill(signal);
  await exited;
}

let databases = 0;

async function createDatabase(url: string): Promise<string> {
  const name = `portico_${process.pid}_${(databases += 1)}_${Date.now()}`;
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  return Object.assign(new URL(url), { pathname: `/${name}` }).href;
}
