import assert from 'node:assert/strict';
import { toOpenApi, planRoutes, toTypeScript } from '../../openapi/index.ts';
import { compileCodec, sampleMessage, SampleError, type Contract } from '../../wsdl/index.ts';
import { contractOfSchema, diagnosticsOfSchema } from './link/wsdl-text.ts';

const MODES = ['minimal', 'full', 'random'] as const;

describe('a hostile contract', function () {
  this.timeout(20_000);

  it('of forty types with two of the next each is compiled, and an example of it refused instead of written for ever', async () => {
    const contract = await contractOfSchema(doubling(40, ''));
    for (const mode of MODES) assert.throws(() => sample(contract, mode), SampleError);
    assert.ok(JSON.stringify(documentOf(contract)).length < 200_000);
  });

  it('of forty types with two of the next each, all of them optional, has an example of bounded size', async () => {
    const contract = await contractOfSchema(doubling(40, ' minOccurs="0"'));
    for (const mode of MODES) assert.ok(JSON.stringify(sample(contract, mode)).length < 1_000_000);
  });

  it('that requires a billion elements has no example', async () => {
    const many = await contractOfSchema(
      typeRun('<xs:element name="x" type="xs:int" minOccurs="999999999" maxOccurs="999999999"/>'),
    );
    for (const mode of MODES) assert.throws(() => sample(many, mode), SampleError);
    const mixed = await contractOfSchema(
      '<xs:element name="Run"><xs:complexType mixed="true"><xs:sequence><xs:element name="x" type="xs:int" minOccurs="999999999" maxOccurs="unbounded"/></xs:sequence></xs:complexType></xs:element>',
    );
    assert.throws(() => sample(mixed, 'minimal'), SampleError);
  });

  it('with a million attributes on one element is refused before it is parsed', async () => {
    const attributes = Array.from({ length: 1_000_000 }, (_, index) => ` a${index}=""`).join('');
    const start = performance.now();
    const [first = ''] = await diagnosticsOfSchema(`<xs:element name="Run"${attributes}/>`);
    assert.match(first, /XML_LIMIT: The element has more than 256 attributes/);
    assert.ok(performance.now() - start < 5_000);
  });

  it('cannot bring code into codecs, OpenAPI or types by its values, defaults and documentation', async () => {
    const code = "');globalThis.hacked = true;//";
    const contract = await contractOfSchema(`<xs:element name="Run"><xs:complexType><xs:sequence>
      <xs:element name="A" type="xs:string" fixed="${code}" minOccurs="0"><xs:annotation><xs:documentation>*/ ${code} \${globalThis.hacked = true}</xs:documentation></xs:annotation></xs:element>
      <xs:element name="B" type="xs:string" default="\`;globalThis.hacked = true;//\\&quot;&#10;" minOccurs="0"/>
      <xs:element name="C"><xs:simpleType><xs:restriction base="xs:string"><xs:enumeration value="${code}"/><xs:enumeration value="&quot;;globalThis.hacked = true;//\\"/></xs:restriction></xs:simpleType></xs:element>
      <xs:element name="D" minOccurs="0"><xs:simpleType><xs:restriction base="xs:string"><xs:pattern value=".*';globalThis.hacked = true;//"/></xs:restriction></xs:simpleType></xs:element>
    </xs:sequence></xs:complexType></xs:element>`);
    const codec = compileCodec(contract, { operation: 'Run' }).input;
    for (const mode of MODES) {
      const decoded = codec.decode(codec.encode(sample(contract, mode)));
      assert.equal(decoded.kind, 'message');
    }
    const types = await toTypeScript(documentOf(contract));
    assert.doesNotMatch(types, /\*\/ '\);/);
    assert.equal('hacked' in globalThis, false);
  });

  for (const name of ["');globalThis.hacked = true;//", 'a b', '__proto__']) {
    it(`with an element named ${name} is refused or harmless`, async () => {
      const diagnostics = await diagnosticsOfSchema(typeRun(`<xs:element name="${name}" type="xs:int"/>`));
      assert.equal(diagnostics.length > 0, name !== '__proto__');
      assert.equal('hacked' in globalThis, false);
    });
  }
});

function typeRun(content: string): string {
  return `<xs:element name="Run"><xs:complexType><xs:sequence>${content}</xs:sequence></xs:complexType></xs:element>`;
}

function doubling(count: number, occurs: string): string {
  const types = Array.from({ length: count }, (_, index) => {
    const next = index + 1 === count ? 'xs:int' : `t:T${index + 1}`;
    const members = ['a', 'b'].map((name) => `<xs:element name="${name}" type="${next}"${occurs}/>`).join('');
    return `<xs:complexType name="T${index}"><xs:sequence>${members}</xs:sequence></xs:complexType>`;
  });
  return `<xs:element name="Run" type="t:T0"/>${types.join('')}`;
}

function sample(contract: Contract, mode: (typeof MODES)[number]): ReturnType<typeof sampleMessage> {
  return sampleMessage(contract, Object.values(contract.bindings)[0]!.operations[0]!.input, { mode });
}

function documentOf(contract: Contract): ReturnType<typeof toOpenApi> {
  const { routes } = planRoutes(contract, { service: 'test' });
  return toOpenApi([{ name: 'test', contract, routes }], { title: 'Test', version: '1.0.0', problems: [] });
}
