import assert from 'node:assert/strict';
import { startRedis, type RedisServer } from '../services/redis.ts';
import { readScriptCall } from '../script-call.ts';
import { connectTo, load } from './client.ts';
import { keepAMillion } from './keep-a-million.ts';
import { serveBank, startCore } from './serve-bank.ts';

const USAGE = `usage: npm run shared -- [--seconds 60]

Four workers before a real Redis: one limit for all, also while Redis is killed and back; answers given while the core is down for
--seconds; what a write makes all of them forget; the memory of a million kept answers. Fails if one of them is not as promised.`;

const { values } = readScriptCall(USAGE, { seconds: { type: 'string', default: '60' } }, ['seconds']);
const WORKERS = 4;
const CONNECTIONS = 16;
const redis = await startRedis();
if (typeof redis === 'string') throw new Error(redis);
try {
  await shareLimit(redis);
  await outliveCore(redis, Number(values.seconds) * 1000);
  await forgetEverywhere(redis);
} finally {
  await redis.stop();
}
keepAMillion();

/** 100 requests a second, asked for 300. */
async function shareLimit(server: RedisServer): Promise<void> {
  const { kill, start } = server;
  assert.ok(kill && start, 'the server has to be one that may be killed');
  const core = await startCore();
  const yaml = `redis: { url: "${server.url}", timeoutMilliseconds: 500 }\nrateLimit: { requests: 100, windowSeconds: 1 }\n`;
  const bank = await serveBank(yaml, core, WORKERS);
  const connections = Array.from({ length: CONNECTIONS }, () => connectTo(bank));
  const measure = async (what: string, seconds: number): Promise<number> => {
    const counts = await load(connections, '/v1/accounts/1', {
      perSecond: 300,
      milliseconds: seconds * 1000,
    });
    const rate = (counts.get(200) ?? 0) / seconds;
    const failed = [...counts].filter(([status]) => status >= 500).reduce((sum, [, count]) => sum + count, 0);
    console.log(
      `${what}: ${rate.toFixed(1)}/s admitted, ${(counts.get(429) ?? 0) / seconds}/s refused, ${failed} times 5xx`,
    );
    assert.equal(failed, 0);
    return rate;
  };
  await load(connections, '/v1/accounts/1', { perSecond: 100, milliseconds: 1500 });
  const isShared = (rate: number): void => {
    assert.ok(Math.abs(rate - 100) <= 5, `${rate}`);
  };
  isShared(await measure('one limit of 100/s for four workers', 10));
  const killed = measure('Redis killed meanwhile', 6);
  setTimeout(() => void kill(), 1000);
  assert.ok((await killed) <= 150);
  const away = await measure('Redis away', 6);
  assert.ok(away > 50 && away <= 105, `${away}`);
  await start();
  await load(connections, '/v1/accounts/1', { perSecond: 100, milliseconds: 3000 });
  isShared(await measure('Redis back', 10));
  for (const connection of connections) connection.close();
  await bank.stop();
  await core.stop();
}

async function outliveCore(server: RedisServer, milliseconds: number): Promise<void> {
  const core = await startCore();
  const bank = await serveBank(
    `redis: { url: "${server.url}" }\nrateLimit: { requests: 1000000 }\n`,
    core,
    WORKERS,
  );
  const connections = Array.from({ length: CONNECTIONS }, () => connectTo(bank));
  for (const connection of connections) await connection.get('/v1/kept/1');
  await core.stop();
  let stale = 0;
  let late = 0;
  const stoppedAt = performance.now();
  const counts = await load(
    connections,
    '/v1/kept/1',
    { perSecond: 100, milliseconds },
    ({ cacheStatus }) => {
      const isStale = cacheStatus.includes('detail=stale-if-error');
      if (isStale) stale += 1;
      if (performance.now() - stoppedAt > 7000 && !isStale) late += 1;
    },
  );
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
  console.log(
    `core down for ${milliseconds / 1000} s: ${counts.get(200) ?? 0} of ${all} reads answered, ${stale} marked stale`,
  );
  assert.deepEqual([...counts.keys()], [200]);
  assert.equal(late, 0, 'every one after its time is marked');
  await core.start();
  await load(connections, '/v1/kept/1', { perSecond: 100, milliseconds: 7000 });
  assert.doesNotMatch((await connections[0]!.get('/v1/kept/1')).cacheStatus, /stale/);
  for (const connection of connections) connection.close();
  await bank.stop();
  await core.stop();
}

async function forgetEverywhere(server: RedisServer): Promise<void> {
  const core = await startCore();
  const bank = await serveBank(
    `redis: { url: "${server.url}", timeoutMilliseconds: 500 }\nrateLimit: { requests: 1000000 }\n`,
    core,
    WORKERS,
  );
  const connections = Array.from({ length: CONNECTIONS }, () => connectTo(bank));
  const times: number[] = [];
  const transfer = { from: '1', amount: '1.00', currency: 'EUR' };
  for (let turn = 1; turn <= 100; turn += 1) {
    await Promise.all(connections.map((connection) => connection.get('/v1/kept/1')));
    assert.equal((await connections[turn % CONNECTIONS]!.post('/v1/transfers', transfer)).status, 200);
    const answered = performance.now();
    // How long after the write was answered the last read was sent that still got the old answer.
    const lastOld = async (connection: (typeof connections)[number]): Promise<number> => {
      for (let old = 0; ;) {
        const sent = performance.now() - answered;
        if ((await connection.get('/v1/kept/1')).body.includes(`"${turn}.00"`)) return old;
        old = sent;
      }
    };
    times.push(Math.max(...(await Promise.all(connections.map(lastOld)))));
  }
  times.sort((left, right) => left - right);
  const afterwards = times.filter((time) => time > 0).length;
  console.log(
    `of 100 writes ${afterwards} were followed by a read, over ${CONNECTIONS} connections, that got the old answer; the last one was sent ${times.at(-1)!.toFixed(1)} ms after the write was answered`,
  );
  for (const connection of connections) connection.close();
  await bank.stop();
  await core.stop();
  assert.ok(times.at(-1)! < 100);
}
