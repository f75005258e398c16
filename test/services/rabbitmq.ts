import { execFile, execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

/** A real RabbitMQ for tests. */
export interface RabbitMq {
  readonly url: string;
  /** Ends the broker; a broker given by its URL is left as it is. */
  stop(): Promise<void>;
  /** Ends and starts the broker on the same port; undefined where the broker is not ours. */
  readonly restart?: () => Promise<void>;
  /** `rabbitmqctl` with these arguments; undefined where the broker is not ours. */
  readonly control?: (...args: string[]) => Promise<void>;
}

/** Debian's wrapper changes user; the script behind it runs as whoever the tests run as. */
const scripts = [
  '/usr/lib/rabbitmq/bin/rabbitmq-server',
  '/opt/rabbitmq/sbin/rabbitmq-server',
  '/usr/local/sbin/rabbitmq-server',
];

/**
 * The broker at PORTICO_TEST_AMQP_URL, or an own node on a free port in a temporary folder.
 * @returns why there is none, as a sentence. With CI=true that is an error instead.
 */
export async function startRabbitMq(): Promise<RabbitMq | string> {
  const given = process.env['PORTICO_TEST_AMQP_URL'];
  if (given) return { url: given, stop: async () => undefined };
  const script = scripts.find((path) => existsSync(path)) ?? onPath('rabbitmq-server');
  if (script !== undefined) return startNode(script);
  const reason = 'no RabbitMQ: PORTICO_TEST_AMQP_URL is not set and rabbitmq-server is not installed';
  if (process.env['CI'] === 'true') throw new Error(reason);
  return reason;
}

function onPath(command: string): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(':');
  return folders.map((folder) => join(folder, command)).find((path) => existsSync(path));
}

async function startNode(script: string): Promise<RabbitMq> {
  const folder = await mkdtemp(join(tmpdir(), 'portico-rabbitmq-'));
  const [port, distributionPort, epmdPort] = await freePorts(3);
  const environment = await nodeEnvironment(folder, port!, distributionPort!, epmdPort!);
  let broker = await runUntilReady(script, environment, port!);
  return {
    url: `amqp://guest:guest@127.0.0.1:${port!}`,
    restart: async () => {
      await end(broker);
      broker = await runUntilReady(script, environment, port!);
    },
    control: async (...args) => {
      await promisify(execFile)(join(dirname(script), 'rabbitmqctl'), args, {
        env: environment,
      });
    },
    stop: async () => {
      await end(broker);
      stopEpmd(environment);
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** All of the node's files below `folder`, all of its ports on this machine only, an epmd of its own. */
async function nodeEnvironment(
  folder: string,
  port: number,
  distributionPort: number,
  epmdPort: number,
): Promise<NodeJS.ProcessEnv> {
  const plugins = join(folder, 'enabled_plugins');
  const config = join(folder, 'rabbitmq.config');
  await mkdir(join(folder, 'mnesia'));
  await writeFile(plugins, '[].\n');
  await writeFile(
    config,
    `[{rabbit, [{tcp_listeners, [{"127.0.0.1", ${port}}]}]}, {kernel, [{inet_dist_use_interface, {127,0,0,1}}]}].\n`,
  );
  return {
    PATH: process.env['PATH'],
    HOME: folder,
    LANG: 'C.UTF-8',
    RABBITMQ_NODENAME: `portico-${process.pid}-${port}@localhost`,
    RABBITMQ_NODE_PORT: String(port),
    RABBITMQ_NODE_IP_ADDRESS: '127.0.0.1',
    RABBITMQ_DIST_PORT: String(distributionPort),
    RABBITMQ_MNESIA_BASE: join(folder, 'mnesia'),
    RABBITMQ_LOG_BASE: folder,
    RABBITMQ_PID_FILE: join(folder, 'pid'),
    RABBITMQ_ENABLED_PLUGINS_FILE: plugins,
    RABBITMQ_CONFIG_FILE: config.replace(/\.config$/, ''),
    ERL_EPMD_ADDRESS: '127.0.0.1',
    ERL_EPMD_PORT: String(epmdPort),
  };
}

async function runUntilReady(script: string, env: NodeJS.ProcessEnv, port: number): Promise<ChildProcess> {
  const child = spawn(script, [], {
    env,
    cwd: env['HOME'],
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = new Promise<never>((_, reject) => {
    child.once('exit', (code) => {
      reject(new Error(`rabbitmq-server ended with ${code ?? 'a signal'}:\n${output}`));
    });
  });
  await Promise.race([ended, accepting(port, Date.now() + 60_000)]);
  ended.catch(() => undefined);
  return child;
}

/** The broker says nowhere that it listens but by listening. */
async function accepting(port: number, deadline: number): Promise<void> {
  while (!(await isAmqp(port))) {
    if (Date.now() > deadline) throw new Error('rabbitmq-server did not listen within a minute');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Whether a broker answers the protocol header with its Connection.Start. */
function isAmqp(port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const socket = connect({ host: '127.0.0.1', port, timeout: 5000 });
  const settle = (isUp: boolean) => (): void => {
    socket.destroy();
    resolve(isUp);
  };
  socket.once('connect', () => socket.write('AMQP\0\0\x09\x01'));
  socket
    .once('data', settle(true))
    .once('error', settle(false))
    .once('timeout', settle(false))
    .once('close', settle(false));
  return promise;
}

/** The whole process group that was started: the script and the Erlang machine under it. */
async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null) return;
  const exited = new Promise((resolve) => child.once('close', resolve));
  process.kill(-child.pid, 'SIGKILL');
  await exited;
}

/** Ours alone: it listens on a port of its own. */
function stopEpmd(env: NodeJS.ProcessEnv): void {
  try {
    execFileSync('epmd', ['-kill'], { env, stdio: 'ignore' });
  } catch (error) {
    console.warn(`epmd of the test broker was not stopped: ${String(error)}`);
  }
}

async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, () => {
      const { promise, resolve } = Promise.withResolvers<ReturnType<typeof createServer>>();
      const server = createServer().listen(0, '127.0.0.1', () => {
        resolve(server);
      });
      return promise;
    }),
  );
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
