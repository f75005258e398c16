import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { portico } from './program.ts';

const ESCAPE = '\u001b[2J';
const YAML = `"}\n# x\nauth: { development: true }\nservices: &a !!js/function 'x' *a : | > - ? % @`;

/** XML attributes cannot hold a line end as such. */
const attribute = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('\n', '&#10;');

/** A WSDL whose names, namespaces, action, address and documentation are not to be trusted. */
function wsdlOf({
  operation = 'Run',
  service = 'S',
  namespace = 'urn:t',
  action = '',
  address = 'http://127.0.0.1/',
  text = '',
}): string {
  const ns = attribute(namespace);
  return `<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:t="${ns}" targetNamespace="${ns}">
    <documentation>${text}</documentation>
    <types><xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="${ns}"><xs:element name="Run"><xs:complexType><xs:sequence>
      <xs:element name="a" type="xs:string"><xs:annotation><xs:documentation>${text}</xs:documentation></xs:annotation></xs:element></xs:sequence></xs:complexType></xs:element></xs:schema></types>
    <message name="M"><part name="p" element="t:Run"/></message>
    <portType name="P"><operation name="${attribute(operation)}"><documentation>${text}</documentation><input message="t:M"/></operation></portType>
    <binding name="B" type="t:P"><soap:binding transport="http://schemas.xmlsoap.org/soap/http"/>
      <operation name="${attribute(operation)}"><soap:operation soapAction="${attribute(action)}"/><input><soap:body use="literal"/></input></operation></binding>
    <service name="${attribute(service)}"><port name="Port" binding="t:B"><soap:address location="${attribute(address)}"/></port></service></definitions>`;
}

describe('a hostile contract at the command line', function () {
  this.timeout(60_000);
  let folder = '';

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'portico-hostile-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  function write(parts: Parameters<typeof wsdlOf>[0]): string {
    const file = join(folder, 'hostile.wsdl');
    writeFileSync(file, wsdlOf(parts));
    return file;
  }

  it('adds nothing to portico.yaml but its service, whatever its texts are', async () => {
    const config = join(folder, 'portico.yaml');
    const file = write({
      namespace: `urn:${YAML}`,
      action: YAML,
      address: `http://127.0.0.1/?${YAML}`,
      text: attribute(YAML),
    });
    const { code, stderr } = await portico(['import', file, '--config', config]);
    assert.ok(code === 0 || /error/.test(stderr), stderr);
    if (code !== 0) return;
    const imported = parse(readFileSync(config, 'utf8')) as { services: object };
    assert.deepEqual(Object.keys(imported.services), ['hostile']);
  });

  for (const name of [YAML, '../../../outside', '__proto__', 'a/../b', 'con\u0000', ESCAPE]) {
    it(`is refused or harmless with operation and service named ${JSON.stringify(name).slice(0, 30)}`, async () => {
      const before = readdirSync(tmpdir()).filter((entry) => entry.includes('outside'));
      const file = write({ operation: name, service: name });
      const config = join(folder, 'portico.yaml');
      const { code, stdout, stderr } = await portico(['import', file, '--config', config]);
      assert.doesNotMatch(stdout + stderr, /[\u0000-\u0008\u000b-\u001f]|\n {4}at /);
      if (code === 0) {
        const { services } = parse(readFileSync(config, 'utf8')) as { services: Record<string, unknown> };
        assert.equal(Object.keys(services).length, 1);
      } else assert.match(stderr, /error|cannot|refus/i);
      assert.deepEqual(
        readdirSync(tmpdir()).filter((entry) => entry.includes('outside')),
        before,
      );
    });
  }

  it('cannot speak to the terminal of who inspects it', async () => {
    const hidden = '\u009b2J\u202e';
    const file = write({ text: hidden, namespace: `urn:${hidden}`, action: hidden });
    const { code, stdout, stderr } = await portico(['inspect', file]);
    assert.equal(code, 0, stderr);
    assert.doesNotMatch(stdout + stderr, /[\u0000-\u0008\u000b-\u001f\u0080-\u009f]/);
  });
});
