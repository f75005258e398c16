import { randomUUID } from 'node:crypto';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Context } from 'mocha';
import { openRedisLink, type RedisLinkOptions } from '../../facade/redis/open-redis-link.ts';
import type { RedisLink } from '../../facade/redis/redis-link.ts';
import { freePort } from './free-port.ts';

/** A real Redis for tests. */
export interface RedisServer {
  readonly url: string;
  /** Ends it at once (kill -9), and starts it again on the same port, empty; undefined where the server is not ours. */
  readonly kill?: () => Promise<void>;
  readonly start?: () => Promise<void>;
  /** Stops its process from running (it still accepts connections), and lets it go on. */
  readonly freeze?: () => void;
  readonly thaw?: () => void;
  /** Ends the server; one given by its URL is left as it is. */
  stop(): Promise<void>;
}

/**
 * The server at PORTICO_TEST_REDIS_URL, or an own one on a free port.
 * @returns why there is none, as a sentence. With CI=true that is an error instead.
 */
export async function startRedis(): Promise<RedisServer | string> {
  const given = process.env['PORTICO_TEST_REDIS_URL'];
  if (given) return { url: given, stop: async () => undefined };
  const program = (process.env['PATH'] ?? '')
    .split(':')
    .map((folder) => join(folder, 'redis-server'))
    .find(existsSync);
  if (program !== undefined) return startOwn(program);
  const reason = 'no Redis: PORTICO_TEST_REDIS_URL is not set and redis-server is not installed';
  if (process.env['CI'] === 'true') throw new Error(reason);
  return reason;
}

async function startOwn(program: string): Promise<RedisServer> {
  const folder = await mkdtemp(join(tmpdir(), 'portico-redis-'));
  const port = await freePort();
  let server = await run(program, port, folder);
  return {
    url: `redis://127.0.0.1:${port}`,
    kill: () => end(server),
    start: async () => void (server = await run(program, port, folder)),
    freeze: () => void server.kill('SIGSTOP'),
    thaw: () => void server.kill('SIGCONT'),
    stop: async () => {
      await end(server);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function run(program: string, port: number, cwd: string): Promise<ChildProcess> {
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const child = spawn(program, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  for (const deadline = Date.now() + 30_000; !(await isUp(port));) {
    if (child.exitCode !== null || Date.now() > deadline)
      throw new Error(`redis-server did not start:\n${output}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return child;
}

/** Whether it answers PING. */
function isUp(port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const socket = connect({ host: '127.0.0.1', port, timeout: 2000 });
  const settle = (isAnswered: boolean) => (): void => {
    socket.destroy();
    resolve(isAnswered);
  };
  socket.once('connect', () => socket.write('PING\r\n'));
  socket.once('data', (reply: Buffer) => {
    settle(reply.toString().startsWith('+PONG'))();
  });
  socket.once('error', settle(false)).once('timeout', settle(false)).once('close', settle(false));
  return promise;
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const exited = once(server, 'exit');
  server.kill('SIGKILL');
  await exited;
}

/** The server, or the suite is skipped and says why. */
export async function requireRedis(context: Context): Promise<RedisServer> {
  const started = await startRedis();
  if (typeof started !== 'string') return started;
  console.log(`      ${started}`);
  return context.skip();
}

/** A link to it, patient enough for a busy machine. */
export async function openLink(
  { url }: RedisServer,
  options: Partial<RedisLinkOptions> = {},
): Promise<RedisLink> {
  const link = await openRedisLink({
    url,
    prefix: `test-${randomUUID()}`,
    timeoutMilliseconds: 2000,
    onTrouble: () => undefined,
    ...options,
  });
  if (options.url === undefined && !link.isUp()) throw new Error('the test server is not to be reached');
  return link;
}
