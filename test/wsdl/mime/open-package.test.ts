import assert from 'node:assert/strict';
import { buffer } from 'node:stream/consumers';
import { crlf, openedPackageOf, packageOf } from './packages.ts';

const ROOT =
  'Content-Type: application/xop+xml; charset=ISO-8859-1; type="text/xml"\nContent-ID: <root@x>\n\n<e/>';
const FILE = 'Content-Type: application/pdf\nContent-ID: <file@x>\nContent-Transfer-Encoding: binary\n\nPDF';

describe('opening a SOAP package', () => {
  it('takes the first part as root and the others as attachments', async () => {
    const { envelope, charset, packaging, attachments } = await packageOf(
      crlf(`--b\n${ROOT}\n--b\n${FILE}\n--b--`),
      '',
    );
    assert.equal(Buffer.from(envelope).toString(), '<e/>');
    assert.deepEqual({ charset, packaging }, { charset: 'iso-8859-1', packaging: 'xop' });
    assert.deepEqual(attachments, [
      { contentId: 'file@x', mediaType: 'application/pdf', content: Buffer.from('PDF') },
    ]);
  });

  for (const start of ['"<root@x>"', 'root@x']) {
    it(`takes the part that start=${start} names, though it comes last`, async () => {
      const read = await packageOf(crlf(`--b\n${FILE}\n--b\n${ROOT}\n--b--`), `; start=${start}`);
      assert.equal(Buffer.from(read.envelope).toString(), '<e/>');
      assert.equal(read.attachments[0]?.contentId, 'file@x');
    });
  }

  it('keeps what stood before the root and leaves the rest to be read', async () => {
    const opened = await openedPackageOf(
      crlf(`--b\n${FILE}\n--b\n${ROOT}\n--b\n${FILE}\n--b--`),
      '; start="<root@x>"',
    );
    assert.equal(opened.before.length, 1);
    const next = await opened.rest.next();
    assert.equal(next.done, false);
    assert.equal((await buffer(next.value.content)).toString(), 'PDF');
    assert.equal((await opened.rest.next()).done, true);
  });

  it('refuses a start that names no part, and a root that is no XML', async () => {
    const text = crlf(`--b\n${FILE}\n--b\n${ROOT}\n--b--`);
    await assert.rejects(packageOf(text, '; start="<other>"'), /no part with the Content-ID that its start/);
    await assert.rejects(packageOf(text, ''), { code: 'not-soap' });
  });
});
