import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCatalog } from '../../../wsdl/load/catalog-file.ts';

describe('a catalog file', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'portico-catalog-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function catalog(text: string): Promise<Record<string, string>> {
    const path = join(folder, 'catalog');
    await writeFile(path, text);
    return readCatalog(path);
  }

  it('has a line of URL, tab and path for each copy, relative to the file', async () => {
    assert.deepEqual(
      await catalog('url\tlocal\tuses\nhttp://a/x.xsd\tcopies/x.xsd\t3\n# no\n\nhttp://a/y\t/abs/y\r\n'),
      {
        'http://a/x.xsd': join(folder, 'copies/x.xsd'),
        'http://a/y': '/abs/y',
      },
    );
  });

  it('may be an OASIS XML catalog, whose uri and system entries count, in groups too', async () => {
    const text = `<?xml version="1.0"?><catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog">
      <uri name="http://a/x?a=1&amp;b=2" uri="x.xsd"/><group><system systemId="http://a/y.dtd" uri="y.dtd"/></group>
      <rewriteURI uriStartString="http://b/" rewritePrefix="b/"/></catalog>`;
    assert.deepEqual(await catalog(text), {
      'http://a/x?a=1&b=2': join(folder, 'x.xsd'),
      'http://a/y.dtd': join(folder, 'y.dtd'),
    });
  });

  it('is refused if it is not there, says nothing or is not well-formed', async () => {
    assert.throws(() => readCatalog(join(folder, 'none')), /cannot be read/);
    await assert.rejects(catalog('nothing here'), /has no entry/);
    await assert.rejects(catalog('<catalog><uri name="a" uri="b"></catalog>'), /not well-formed/);
  });
});
