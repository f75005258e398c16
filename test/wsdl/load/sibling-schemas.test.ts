import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileContract, formatDiagnostic } from '../../../wsdl/index.ts';
import { compileTexts, schema, wsdlAround } from '../link/wsdl-text.ts';

const RUN = '<xs:element name="Run" type="o:Code" xmlns:o="urn:other"/>';

function other(namespace: string, content = ''): string {
  return `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="${namespace}">${content}</xs:schema>`;
}

const CODE = '<xs:simpleType name="Code"><xs:restriction base="xs:string"/></xs:simpleType>';

describe('a schema that is imported', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'portico-siblings-'));
    await mkdir(join(folder, 'api'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function compile(imported: string, files: Readonly<Record<string, string>>): Promise<string[]> {
    const wsdl = join(folder, 'api', 'main.wsdl');
    await writeFile(wsdl, wsdlAround(schema(imported + RUN)));
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
    const { contract, diagnostics } = await compileContract(wsdl);
    return [contract ? 'compiled' : 'refused', ...diagnostics.map(formatDiagnostic)];
  }

  it('without a location is found beside the document, by its target namespace', async () => {
    const found = await compile('<xs:import namespace="urn:other"/>', {
      'api/a.xsd': other('urn:another'),
      'api/b.xsd': other('urn:other', CODE),
      'api/broken.xsd': '<xs:schema',
    });
    assert.deepEqual(found, ['compiled']);
  });

  it('with a location that leads nowhere is found so too, and the location reported', async () => {
    const [verdict, warning, more] = await compile(
      '<xs:import namespace="urn:other" schemaLocation="gone.xsd"/>',
      { 'api/b.xsd': other('urn:other', CODE) },
    );
    assert.equal(verdict, 'compiled');
    assert.match(warning ?? '', /warning LOAD_NOT_FOUND: There is no file ".*gone\.xsd"/);
    assert.equal(more, undefined);
  });

  it('is not looked for in other folders', async () => {
    const [verdict, error] = await compile('<xs:import namespace="urn:other"/>', {
      'b.xsd': other('urn:other', CODE),
    });
    assert.equal(verdict, 'refused');
    assert.match(error ?? '', /XSD_UNKNOWN_TYPE/);
  });

  it('may itself import one in the same way', async () => {
    const found = await compile('<xs:import namespace="urn:other"/>', {
      'api/b.xsd': other(
        'urn:other',
        '<xs:import namespace="urn:third"/><xs:simpleType name="Code"><xs:restriction base="x:Code" xmlns:x="urn:third"/></xs:simpleType>',
      ),
      'api/c.xsd': other('urn:third', CODE),
    });
    assert.deepEqual(found, ['compiled']);
  });

  it('is found among the documents of a loader that lists them', async () => {
    const documents: Record<string, string> = {
      'main.wsdl': wsdlAround(schema(`<xs:import namespace="urn:other"/>${RUN}`)),
      'b.xsd': other('urn:other', CODE),
    };
    const { contract } = await compileTexts(documents, { list: async () => Object.keys(documents) });
    assert.ok(contract);
  });
});
