import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

const START = join(import.meta.dirname, '..', '..', 'examples', 'bank', 'start.ts');

function run(env: Record<string, string>): ChildProcess {
  return spawn(process.execPath, [START], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** What the process prints up to and with the line that matches. */
async function printedUntil(child: ChildProcess, line: RegExp): Promise<string> {
  let text = '';
  for await (const chunk of child.stdout!.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    text += chunk.toString('utf8');
    if (line.test(text)) return text;
  }
  throw new Error(`the process ended after printing: ${text}`);
}

async function exitOf(child: ChildProcess): Promise<{ code: number | null; stderr: string }> {
  let stderr = '';
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString('utf8')));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stderr };
}

describe('npm start', () => {
  it('prints a curl line that works as it is, and ends with 0 on SIGTERM', async () => {
    const child = run({ PORT: '0', MOCK_PORT: '0' });
    const exit = exitOf(child);
    try {
      const text = await printedUntil(child, /\/v1\/transfers\n/);
      const [, token, url] =
        /^curl -H "Authorization: Bearer (\S+)" (\S+\/v1\/accounts\/\S+)$/m.exec(text) ?? [];
      const response = await fetch(url!, { headers: { authorization: `Bearer ${token!}` } });
      assert.equal(response.status, 200);
      const [, body, transfers] = /-d '(\{.*\})' (\S+)$/m.exec(text) ?? [];
      const headers = { authorization: `Bearer ${token!}`, 'content-type': 'application/json' };
      assert.equal((await fetch(transfers!, { method: 'POST', headers, body: body! })).status, 201);
      const [, docs] = /(http\S+\/docs)/.exec(text) ?? [];
      assert.equal((await fetch(docs!)).status, 200);
    } finally {
      child.kill('SIGTERM');
    }
    assert.equal((await exit).code, 0);
  });

  for (const name of ['PORT', 'MOCK_PORT']) {
    it(`says in one line that ${name} is taken and how to choose another`, async () => {
      const blocker = createServer().listen(0, '127.0.0.1');
      await once(blocker, 'listening');
      try {
        const { port } = blocker.address() as AddressInfo;
        const { code, stderr } = await exitOf(run({ PORT: '0', MOCK_PORT: '0', [name]: String(port) }));
        assert.equal(code, 1);
        assert.match(stderr, new RegExp(`^port ${port} is taken; .*PORT=\\d+.*MOCK_PORT=\\d+.*\n$`));
      } finally {
        blocker.close();
      }
    });
  }

  it('refuses a MOCK_PORT that is none', async () => {
    const { code, stderr } = await exitOf(run({ MOCK_PORT: 'eighty' }));
    assert.deepEqual([code, stderr], [1, 'MOCK_PORT is "eighty"; it must be a number from 0 to 65535\n']);
  });
});
