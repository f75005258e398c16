import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ARCHIVE_WSDL, base64 } from '../wsdl/codec/attachments/archive.ts';
import { portico } from './program.ts';

describe('messages with attachments on the command line', function () {
  this.timeout(60_000);
  let folder = '';
  let wsdl = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'portico-mime-'));
    wsdl = join(folder, 'archive.wsdl');
    writeFileSync(wsdl, ARCHIVE_WSDL);
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  const reference = { thumbnail: base64('small'), file: base64('the file') };

  it('are written as a package on request, and read again', async () => {
    const input = JSON.stringify(reference);
    const encoded = await portico(['encode', wsdl, 'Refer', '--package'], { input });
    assert.equal(encoded.code, 0, encoded.stderr);
    assert.match(
      encoded.stdout,
      /^MIME-Version: 1\.0\r\nContent-Type: multipart\/related; type="text\/xml"; boundary=/,
    );
    assert.match(encoded.stdout, /\r\n\r\nthe file\r\n--/);
    const decoded = await portico(['decode', wsdl, 'Refer'], { input: encoded.stdout });
    assert.deepEqual(JSON.parse(decoded.stdout), reference, decoded.stderr);
  });

  it('are read without a header and as an HTTP answer too', async () => {
    const input = JSON.stringify(reference);
    const { stdout } = await portico(['encode', wsdl, 'Refer', '--package'], { input });
    const bare = stdout.slice(stdout.indexOf('\r\n\r\n') + 4);
    assert.match(bare, /^--/);
    for (const text of [bare, `HTTP/1.1 200 OK\r\nServer: x\r\n${stdout}`]) {
      const decoded = await portico(['decode', wsdl, 'Refer'], { input: text });
      assert.deepEqual(JSON.parse(decoded.stdout), reference, decoded.stderr);
    }
  });

  it('have binary content beside the envelope where --mtom says so', async () => {
    const value = { name: 'a', content: base64('0123456789'), page: [base64('short')] };
    const input = JSON.stringify(value);
    const encoded = await portico(['encode', wsdl, 'Store', '--mtom', '10'], { input });
    assert.match(encoded.stdout, /type="application\/xop\+xml"/);
    assert.match(encoded.stdout, /\r\n\r\n0123456789\r\n--/);
    assert.match(encoded.stdout, new RegExp(`>${base64('short')}<`));
    const decoded = await portico(['decode', wsdl, 'Store'], { input: encoded.stdout });
    assert.deepEqual(JSON.parse(decoded.stdout), value, decoded.stderr);
  });

  it('are refused where they would lose their attachments, or lack what the envelope refers to', async () => {
    const lost = await portico(['encode', wsdl, 'Refer'], { input: JSON.stringify(reference) });
    assert.equal(lost.code, 1);
    assert.equal(lost.stdout, '');
    assert.match(lost.stderr, /--package writes it/);
    const { stdout } = await portico(['encode', wsdl, 'Refer', '--package'], {
      input: JSON.stringify(reference),
    });
    const cut = await portico(['decode', wsdl, 'Refer'], {
      input: stdout.slice(0, stdout.indexOf('the file')),
    });
    assert.equal(cut.code, 1);
    assert.match(cut.stderr, /^cut-off at /);
    const other = await portico(['decode', wsdl, 'Refer'], { input: 'Content-Type: text/html\r\n\r\n<p/>' });
    assert.match(other.stderr, /type text\/html is neither XML nor multipart\/related/);
    assert.equal(other.code, 1);
  });
});
