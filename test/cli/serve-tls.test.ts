import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { PassThrough } from 'node:stream';
import { connect } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { makeCertificates } from '../connectors/certificates.ts';

const main = fileURLToPath(new URL('../../cli/main.ts', import.meta.url));
const wsdl = fileURLToPath(new URL('../../examples/bank/wsdl/cards.wsdl', import.meta.url));

describe('portico serve with TLS', function () {
  this.timeout(30_000);
  let folder: string;
  let child: ChildProcess;
  let lines: AsyncIterator<string>;

  const write = (name: string, text: string): void => {
    writeFileSync(join(folder, name), text);
  };
  const lineWith = async (text: RegExp): Promise<string> => {
    for (;;) {
      const { value, done } = (await lines.next()) as { value: string; done?: boolean };
      if (done === true) throw new Error(`the program ended without saying ${String(text)}`);
      if (text.test(value)) return value;
    }
  };
  const connectsWith = async (port: number, ca: string): Promise<boolean> => {
    const socket = connect({ port, host: '127.0.0.1', servername: 'localhost', ca });
    try {
      await once(socket, 'secureConnect');
      return true;
    } catch {
      return false;
    } finally {
      socket.destroy();
    }
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'portico-serve-tls-'));
  });
  afterEach(async () => {
    const ended = child.exitCode === null ? once(child, 'exit') : undefined;
    child.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true });
  });

  it('reads its certificate again at SIGHUP, and goes on with what it has if the new one is of no use', async () => {
    const [first, next] = [makeCertificates(), makeCertificates()];
    write('server.pem', first.server.cert);
    write('server.key', first.server.key);
    write(
      'portico.yaml',
      `auth: { development: true }
server: { tls: { certificate: server.pem, key: { file: server.key } } }
services: { cards: { wsdl: ${JSON.stringify(wsdl)} } }
`,
    );
    child = spawn(process.execPath, [main, 'serve', '--port', '0'], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const output = new PassThrough();
    child.stdout!.pipe(output, { end: false });
    child.stderr!.pipe(output, { end: false });
    child.once('close', () => output.end());
    lines = createInterface({ input: output })[Symbol.asyncIterator]();
    const port = Number(/port (\d+)/.exec(await lineWith(/listens on/))?.[1]);
    assert.ok(await connectsWith(port, first.ca));

    write('server.pem', next.server.cert);
    child.kill('SIGHUP');
    await lineWith(/goes on with the certificate it has: .*server\.tls/);
    assert.ok(await connectsWith(port, first.ca));

    write('server.key', next.server.key);
    child.kill('SIGHUP');
    await lineWith(/has read its certificate and key again/);
    assert.ok(await connectsWith(port, next.ca));
    assert.ok(!(await connectsWith(port, first.ca)));
  });
});
