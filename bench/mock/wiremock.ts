import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { accountReply } from '../scene/bank-messages.ts';
import { freePort } from '../../test/services/free-port.ts';
import type { Peer, PeerUsage } from './peers.ts';

const STUB = {
  request: {
    method: 'POST',
    bodyPatterns: [{ matchesXPath: "//*[local-name() = 'GetAccount']/*[local-name() = 'AccountId']" }],
  },
  response: { status: 200, headers: { 'Content-Type': 'text/xml; charset=utf-8' }, body: accountReply },
};

/** WireMock as its makers say: one stub with an XPath, no journal, as much of the processor as the others. */
export async function startWiremock(jar: string, folder: string, core: number | undefined): Promise<Peer> {
  const root = join(folder, 'wiremock');
  mkdirSync(join(root, 'mappings'), { recursive: true });
  writeFileSync(join(root, 'mappings', 'account.json'), JSON.stringify(STUB));
  const port = await freePort();
  const java = ['java', '-jar', jar, '--port', String(port), '--root-dir', root, '--no-request-journal'];
  const [program, ...rest] = core === undefined ? java : ['taskset', '-c', String(core), ...java];
  const child = spawn(program!, rest, { stdio: 'ignore' });
  await isReady(port);
  return {
    name: 'WireMock',
    port,
    usage: () => Promise.resolve(usageOf(child.pid!)),
    async stop() {
      const ended = once(child, 'exit');
      child.kill();
      await ended;
    },
  };
}

async function isReady(port: number): Promise<void> {
  for (let tries = 0; tries < 120; tries += 1) {
    const response = await fetch(`http://127.0.0.1:${port}/__admin/mappings`).catch(() => undefined);
    if (response?.ok) return;
    await wait(500);
  }
  throw new Error('WireMock does not start within a minute');
}

/** proc(5): user and system time are the fields 14 and 15 of stat, in hundredths of a second. */
function usageOf(pid: number): PeerUsage {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return {
    cpu: (Number(fields[11]) + Number(fields[12])) * 10_000,
    rss: Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) * 1024,
  };
}
