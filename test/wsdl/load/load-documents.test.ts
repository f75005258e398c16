import assert from 'node:assert/strict';
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { compileContract, defaultLimits, formatDiagnostic } from '../../../wsdl/index.ts';
import { compileTexts, definitions, schema, wsdlAround } from '../link/wsdl-text.ts';

const RUN = '<xs:element name="Run" type="xs:string"/>';
const TYPE =
  '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:test"><xs:element name="Run" type="xs:string"/></xs:schema>';

function include(location: string): string {
  return schema(`<xs:include schemaLocation="${location}"/>`);
}

describe('documents of a contract', () => {
  it('come by include and import, relative to the one that names them, circles and all, each once', async () => {
    const xsd = (content: string, namespace = 'urn:test'): string =>
      `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:test" xmlns:o="urn:other" targetNamespace="${namespace}">${content}</xs:schema>`;
    const { contract, documents, diagnostics } = await compileTexts({
      'bank/main.wsdl': wsdlAround(include('types/a.xsd')),
      'bank/types/a.xsd': xsd(
        `<xs:include schemaLocation="b.xsd"/><xs:import namespace="urn:other" schemaLocation="../other/c.xsd"/>${RUN.replace('xs:string', 'o:C')}`,
      ),
      'bank/types/b.xsd': xsd('<xs:include schemaLocation="./a.xsd"/><xs:complexType name="B"/>'),
      'bank/other/c.xsd': xsd(
        '<xs:import namespace="urn:test" schemaLocation="../types/b.xsd"/><xs:complexType name="C"><xs:sequence><xs:element name="b" type="t:B"/></xs:sequence></xs:complexType>',
        'urn:other',
      ),
    });
    assert.ok(contract, diagnostics.map(formatDiagnostic).join('\n'));
    assert.deepEqual(Object.keys(contract.types), ['{urn:test}B', '{urn:other}C']);
    assert.deepEqual(
      documents.map(({ uri, kind }) => `${kind} ${uri}`),
      [
        'wsdl bank/main.wsdl',
        'schema bank/types/a.xsd',
        'schema bank/types/b.xsd',
        'schema bank/other/c.xsd',
      ],
    );
  });

  it('without a namespace take on that of each schema that includes them', async () => {
    const { contract } = await compileTexts({
      'a.wsdl': wsdlAround(
        schema(`<xs:include schemaLocation="c.xsd"/>${RUN}`),
        '<xs:schema targetNamespace="urn:other"><xs:include schemaLocation="c.xsd"/></xs:schema>',
      ),
      'c.xsd':
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:complexType name="A"><xs:sequence><xs:element name="b" type="B"/></xs:sequence></xs:complexType><xs:complexType name="B"/></xs:schema>',
    });
    assert.deepEqual(Object.keys(contract?.types ?? {}), [
      '{urn:test}A',
      '{urn:test}B',
      '{urn:other}A',
      '{urn:other}B',
    ]);
  });

  it('are redefined by a schema that extends their types', async () => {
    const { contract, diagnostics } = await compileTexts({
      'a.wsdl': wsdlAround(
        schema(`<xs:redefine schemaLocation="c.xsd"><xs:complexType name="A"><xs:complexContent><xs:extension base="t:A"><xs:sequence><xs:element name="more"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType>
          <xs:group name="G"><xs:sequence><xs:group ref="t:G"/><xs:element name="g2"/></xs:sequence></xs:group></xs:redefine><xs:complexType name="UsesG"><xs:group ref="t:G"/></xs:complexType>${RUN}`),
      ),
      'c.xsd':
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:test"><xs:complexType name="A"><xs:sequence><xs:element name="first"/></xs:sequence></xs:complexType><xs:group name="G"><xs:sequence><xs:element name="g1"/></xs:sequence></xs:group></xs:schema>',
    });
    assert.ok(contract, diagnostics.map(formatDiagnostic).join('\n'));
    const members = ['{urn:test}A', '{urn:test}UsesG'].map((key) => {
      const type = contract.types[key];
      assert.ok(type?.kind === 'complex' && type.content.kind === 'elements');
      return type.content.model.particles.map(({ jsonName }) => jsonName);
    });
    assert.deepEqual(members, [
      ['first', 'more'],
      ['g1', 'g2'],
    ]);
  });

  it('are redefined in a chain, whichever is met first', async () => {
    const xsd = (content: string): string =>
      `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:test" targetNamespace="urn:test">${content}</xs:schema>`;
    const extending = (location: string, name: string): string =>
      `<xs:redefine schemaLocation="${location}"><xs:complexType name="A"><xs:complexContent><xs:extension base="t:A"><xs:sequence><xs:element name="${name}"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType></xs:redefine>`;
    const chain = {
      'e0.xsd': xsd(
        '<xs:complexType name="A"><xs:sequence><xs:element name="e0"/></xs:sequence></xs:complexType>',
      ),
      'e1.xsd': xsd(extending('e0.xsd', 'e1')),
      'e2.xsd': xsd(extending('e1.xsd', 'e2')),
    };
    for (const first of ['', '<xs:include schemaLocation="e1.xsd"/>']) {
      const { contract, diagnostics } = await compileTexts({
        'a.wsdl': wsdlAround(schema(`${first}${extending('e2.xsd', 'e3')}${RUN}`)),
        ...chain,
      });
      assert.ok(contract, diagnostics.map(formatDiagnostic).join('\n'));
      const type = contract.types['{urn:test}A'];
      assert.ok(type?.kind === 'complex' && type.content.kind === 'elements');
      assert.deepEqual(JSON.stringify(type.content).match(/(?<="jsonName":")e\d/g), ['e0', 'e1', 'e2', 'e3']);
    }
  });

  it('may be WSDLs that hold the rest of a WSDL', async () => {
    const whole = wsdlAround(schema(RUN));
    const split = whole.indexOf('<binding');
    const end = '</definitions>';
    const { contract, documents } = await compileTexts({
      'service.wsdl': definitions(
        `<import namespace="urn:test" location="abstract.wsdl"/>${whole.slice(split, -end.length)}`,
      ),
      'abstract.wsdl': whole.slice(0, split) + end,
    });
    assert.equal(contract?.services[0]?.ports.length, 1);
    assert.deepEqual(
      documents.map(({ uri }) => uri),
      ['service.wsdl', 'abstract.wsdl'],
    );
  });

  it('need no location where an inline schema has the namespace, or it is that of xml:', async () => {
    const imports =
      '<xs:import namespace="urn:other"/><xs:import namespace="http://www.w3.org/XML/1998/namespace" schemaLocation="http://www.w3.org/2001/xml.xsd"/>';
    const using = schema(
      `${imports}<xs:element name="Run" type="o:C" xmlns:o="urn:other"/><xs:complexType name="T"><xs:attribute ref="xml:lang"/></xs:complexType>`,
    );
    const other = '<xs:schema targetNamespace="urn:other"><xs:complexType name="C"/></xs:schema>';
    const { contract, diagnostics } = await compileTexts({ 'a.wsdl': wsdlAround(using, other) });
    assert.ok(contract);
    assert.deepEqual(diagnostics, []);
  });

  it('that are missing are a warning, and an error only where a name of theirs is used', async () => {
    const unused = await compileTexts({
      'a.wsdl': wsdlAround(schema(`<xs:import namespace="urn:gone" schemaLocation="gone.xsd"/>${RUN}`)),
    });
    assert.ok(unused.contract);
    assert.deepEqual(
      unused.diagnostics.map(({ severity, code }) => `${severity} ${code}`),
      ['warning LOAD_NOT_FOUND'],
    );
    const used = await compileTexts({
      'a.wsdl': wsdlAround(
        schema(
          '<xs:import namespace="urn:gone" schemaLocation="gone.xsd"/><xs:element name="Run" type="g:T" xmlns:g="urn:gone"/>',
        ),
      ),
    });
    assert.equal(used.contract, undefined);
    assert.deepEqual(
      used.diagnostics.map(({ code }) => code),
      ['LOAD_NOT_FOUND', 'XSD_UNKNOWN_TYPE'],
    );
  });

  it('are bounded in number and size', async () => {
    const chain = (uri: string): string =>
      `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:test"><xs:include schemaLocation="${uri}x"/></xs:schema>`;
    const load = async (uri: string): Promise<Uint8Array> =>
      Buffer.from(uri === 'a.wsdl' ? wsdlAround(include('x')) : chain(uri));
    const endless = await compileContract('a.wsdl', { load, limits: { ...defaultLimits, maxDocuments: 10 } });
    assert.match(
      endless.diagnostics.map(formatDiagnostic).join(),
      /LOAD_LIMIT: The contract has more than 10 documents/,
    );
    const large = await compileContract('a.wsdl', { load, limits: { ...defaultLimits, maxBytes: 100 } });
    assert.match(
      large.diagnostics.map(formatDiagnostic).join(),
      /LOAD_LIMIT: "a.wsdl" is larger than 100 bytes/,
    );
  });

  it('that are not a WSDL 1.1 are told what they are', async () => {
    const codes = async (text: string): Promise<string[]> =>
      (await compileTexts({ 'a.wsdl': text })).diagnostics.map(({ code }) => code);
    assert.deepEqual(await codes('<description xmlns="http://www.w3.org/ns/wsdl"/>'), ['WSDL_VERSION']);
    assert.deepEqual(await codes('<html/>'), ['WSDL_NOT_A_WSDL']);
    assert.deepEqual(await codes(TYPE), ['WSDL_NOT_A_WSDL']);
  });
});

describe('encodings', () => {
  const documented = (declaration: string): string =>
    `${declaration}${wsdlAround(schema('<xs:element name="Run" type="xs:string"><xs:annotation><xs:documentation>Überweisung</xs:documentation></xs:annotation></xs:element>'))}`;
  const encoded: Readonly<Record<string, Uint8Array>> = {
    'UTF-8 with a byte order mark': Buffer.from(`\uFEFF${documented('')}`),
    'UTF-16 with a byte order mark': Buffer.from(`\uFEFF${documented('')}`, 'utf16le'),
    'UTF-16, big end first': Buffer.from(`\uFEFF${documented('')}`, 'utf16le').swap16(),
    'UTF-16 without a byte order mark': Buffer.from(documented(''), 'utf16le'),
    'ISO-8859-1': Buffer.from(documented('<?xml version="1.0" encoding="ISO-8859-1"?>'), 'latin1'),
    'windows-1252': Buffer.from(documented("<?xml version='1.0' encoding='windows-1252'?>"), 'latin1'),
  };
  for (const [name, bytes] of Object.entries(encoded)) {
    it(`reads ${name}`, async () => {
      const { contract } = await compileContract('a.wsdl', { load: async () => bytes });
      assert.equal(contract?.elements['{urn:test}Run']?.documentation, 'Überweisung');
    });
  }

  it('refuses bytes that are not what is declared, and encodings not known', async () => {
    const codes = async (bytes: Uint8Array): Promise<string[]> =>
      (await compileContract('a.wsdl', { load: async () => bytes })).diagnostics.map(({ code }) => code);
    assert.deepEqual(await codes(Buffer.from(documented(''), 'latin1')), ['XML_ENCODING']);
    assert.deepEqual(await codes(Buffer.from('<?xml version="1.0" encoding="ebcdic-at-home"?><a/>')), [
      'XML_ENCODING',
    ]);
  });
});

describe('local documents', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), 'portico-load-')));
    await mkdir(join(folder, 'bank'));
    await writeFile(join(folder, 'shared.xsd'), TYPE);
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function compile(
    location: string,
    options = {},
  ): Promise<{ hasContract: boolean; diagnostics: string[] }> {
    const path = join(folder, 'bank', 'bank.wsdl');
    await writeFile(path, wsdlAround(include(location)));
    const { contract, diagnostics } = await compileContract(path, options);
    return { hasContract: contract !== undefined, diagnostics: diagnostics.map(formatDiagnostic) };
  }

  it('are read below the folder of the WSDL', async () => {
    await writeFile(join(folder, 'bank', 'types.xsd'), TYPE);
    assert.deepEqual(await compile('types.xsd'), { hasContract: true, diagnostics: [] });
  });

  it('are not read from elsewhere, and not told apart from what is not there', async () => {
    for (const location of [
      'file:///etc/passwd',
      '/etc/passwd',
      '../shared.xsd',
      '../nothing.xsd',
      '..\\shared.xsd',
      '%2e%2e/shared.xsd',
    ]) {
      const { hasContract, diagnostics } = await compile(location);
      assert.equal(hasContract, false);
      assert.match(
        diagnostics[0] ?? '',
        /bank\.wsdl:1:\d+ error LOAD_FORBIDDEN: .* is outside the folder of the WSDL/,
        location,
      );
    }
  });

  it('are not read where a symbolic link leads outside', async () => {
    await symlink(join(folder, 'shared.xsd'), join(folder, 'bank', 'link.xsd'));
    assert.match((await compile('link.xsd')).diagnostics[0] ?? '', /error LOAD_FORBIDDEN/);
  });

  it('are read from other folders that are allowed, and from the catalog', async () => {
    assert.equal((await compile('../shared.xsd', { allowedRoots: [folder] })).hasContract, true);
    const catalog = { 'http://Schemas.Example/shared.xsd': join(folder, 'shared.xsd') };
    assert.deepEqual(await compile('http://schemas.example/shared.xsd', { catalog }), {
      hasContract: true,
      diagnostics: [],
    });
  });

  it('are missing, a folder, or of a scheme that is not loaded: each is said', async () => {
    const first = async (uri: string): Promise<string> =>
      formatDiagnostic((await compileContract(uri)).diagnostics[0]!);
    assert.match(await first(join(folder, 'none.wsdl')), /LOAD_NOT_FOUND: There is no file/);
    assert.match(await first(folder), /LOAD_FAILED: .* is not a file/);
    assert.match(
      await first('ftp://127.0.0.1/a.wsdl'),
      /LOAD_FAILED: Documents are not loaded by the scheme/,
    );
    assert.match(await first(`${dirname(folder)}/\0.wsdl`), /LOAD_FAILED/);
  });
});

describe('remote documents', () => {
  let server: Server;
  let origin: string;
  const documents = new Map<string, string>();
  beforeEach(async () => {
    documents.clear();
    server = createServer((request, response) => {
      const document = documents.get(request.url ?? '');
      if (document?.startsWith('http')) response.writeHead(302, { location: document }).end();
      else response.writeHead(document === undefined ? 404 : 200).end(document);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(() => new Promise((resolve) => server.close(resolve)));

  async function compile(options = {}): Promise<{ hasContract: boolean; text: string }> {
    const { contract, diagnostics } = await compileContract(`${origin}/bank?wsdl`, options);
    return { hasContract: contract !== undefined, text: diagnostics.map(formatDiagnostic).join('\n') };
  }

  it('are fetched from the host of the WSDL, also after a redirect', async () => {
    documents.set('/bank?wsdl', `${origin}/moved`);
    documents.set('/moved', wsdlAround(include('bank?xsd=1')));
    documents.set('/bank?xsd=1', TYPE);
    assert.deepEqual(await compile(), { hasContract: true, text: '' });
  });

  it('are not fetched from other hosts unless allowed, nor files from a remote WSDL', async () => {
    documents.set('/bank?wsdl', wsdlAround(include(`${origin.replace('127.0.0.1', 'localhost')}/types.xsd`)));
    documents.set('/types.xsd', TYPE);
    assert.match(
      (await compile()).text,
      /LOAD_FORBIDDEN: Documents are not loaded from the host localhost:\d+/,
    );
    documents.set('/bank?wsdl', wsdlAround(include('file:///etc/passwd')));
    assert.match((await compile()).text, /error LOAD_FORBIDDEN/);
  });

  it('are not fetched where a redirect leads to another host', async () => {
    documents.set('/bank?wsdl', 'http://localhost:1/bank');
    assert.match((await compile()).text, /LOAD_FORBIDDEN: .* redirects to the host localhost:1/);
  });

  it('that are missing or too large are said to be', async () => {
    assert.match((await compile()).text, /LOAD_NOT_FOUND: .* answered 404/);
    documents.set('/bank?wsdl', 'x'.repeat(1000));
    assert.match(
      (await compile({ limits: { ...defaultLimits, maxBytes: 999 } })).text,
      /LOAD_LIMIT: .* is larger than 999 bytes/,
    );
  });
});
