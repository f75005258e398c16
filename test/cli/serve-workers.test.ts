import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { bankWsdl } from '../facade/bank-wsdl.ts';
import { portico } from './program.ts';

const main = fileURLToPath(new URL('../../cli/main.ts', import.meta.url));
const CONFIG = `
server: { host: 127.0.0.1, shutdownSeconds: 2 }
auth: { development: true }
log: { level: error }
services: { bank: { wsdl: bank.wsdl, endpoint: 'http://127.0.0.1:9/bank' } }
`;

describe('portico serve --workers', function () {
  this.timeout(60_000);
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'portico-workers-'));
    await writeFile(join(folder, 'bank.wsdl'), bankWsdl);
    await writeFile(join(folder, 'portico.yaml'), CONFIG);
  });
  after(() => rm(folder, { recursive: true }));

  /** Its standard output and error as lines, to be waited for. */
  const start = (): {
    program: ChildProcess;
    line: (stream: 'stdout' | 'stderr', pattern: RegExp) => Promise<RegExpExecArray>;
  } => {
    const program = spawn(process.execPath, [main, 'serve', '--port', '0', '--workers', '2'], {
      cwd: folder,
      stdio: 'pipe',
    });
    const readers = { stdout: createInterface(program.stdout), stderr: createInterface(program.stderr) };
    return {
      program,
      line: (stream, pattern) =>
        new Promise((resolve) => {
          readers[stream].on('line', (text) => {
            const found = pattern.exec(text);
            if (found !== null) resolve(found);
          });
        }),
    };
  };
  const isHealthy = async (port: string): Promise<boolean> => {
    const answer = await fetch(`http://127.0.0.1:${port}/healthz`, { headers: { Connection: 'close' } });
    return answer.status === 200;
  };

  it('shares a port, says what is not shared, replaces a worker that dies, and stops them all', async () => {
    const { program, line } = start();
    const warned = line('stderr', /without Redis .* the 2 workers share nothing/);
    const listens = line('stdout', /listens on 127\.0\.0\.1, port (\d+)/);
    const exited = once(program, 'exit');
    try {
      await warned;
      const [, port = ''] = await listens;
      assert.equal(await isHealthy(port), true);
      const replaced = line(
        'stderr',
        /worker (\d+) ended \(SIGKILL\), 1 of 2 are left; a new one starts in 200 ms/,
      );
      const [victim, other] = await workersOf(program, 2);
      process.kill(victim!, 'SIGKILL');
      assert.equal(Number((await replaced)[1]), victim);
      assert.equal(await isHealthy(port), true, 'the other one goes on');
      const again = await workersOf(program, 2);
      assert.ok(again.includes(other!) && !again.includes(victim!));
      for (let turn = 0; turn < 10; turn += 1) assert.equal(await isHealthy(port), true);
    } finally {
      program.kill('SIGTERM');
    }
    assert.deepEqual(await exited, [0, null]);
  });

  it('does not try again what cannot even start', async () => {
    await writeFile(join(folder, 'bad.yaml'), CONFIG.replace('bank.wsdl', 'nowhere.wsdl'));
    const args = ['serve', '--config', join(folder, 'bad.yaml'), '--port', '0', '--workers', '2'];
    const { code, stderr } = await portico(args);
    assert.equal(code, 1);
    assert.equal(stderr.split('\n').filter((text) => text.includes('nowhere.wsdl')).length, 1, stderr);
  });

  it('takes no number of workers that makes no sense', async () => {
    const { code, stderr } = await portico(['serve', '--workers', '0']);
    assert.equal(code, 2);
    assert.match(stderr, /--workers takes a whole number from 1 to 256/);
  });
});

/** Process ids, once there are so many; the system has no event for it. */
async function workersOf(program: ChildProcess, count: number): Promise<number[]> {
  for (;;) {
    const ps = spawn('ps', ['-o', 'pid=', '--ppid', String(program.pid)], { stdio: 'pipe' });
    let output = '';
    ps.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    await once(ps, 'close');
    const pids = output.split('\n').filter(Boolean).map(Number);
    if (pids.length === count) return pids;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
