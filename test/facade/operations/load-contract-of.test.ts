import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeFacade } from '../../../facade/index.ts';
import { loadContractOf } from '../../../facade/operations/load-contract-of.ts';
import { loadContract, storeContract } from '../../../wsdl/index.ts';
import { bankWsdl } from '../bank-wsdl.ts';
import { configOf, startBank } from '../bank.ts';

describe('the contract of a configured service', () => {
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'portico-contract-'));
    writeFileSync(join(folder, 'bank.wsdl'), bankWsdl);
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });
  const load = (service: string): ReturnType<typeof loadContractOf> =>
    loadContractOf('a', configOf(`services: { a: ${service} }`).services.a!, folder);

  it('is the same stored as compiled, without the WSDL', async () => {
    await storeContract(await loadContract(join(folder, 'bank.wsdl')), join(folder, 'contract.json'));
    const [compiled, stored] = await Promise.all([
      load('{ wsdl: bank.wsdl }'),
      load('{ contract: contract.json }'),
    ]);
    assert.deepEqual(stored.contract, JSON.parse(JSON.stringify(compiled.contract)));
    const [fromWsdl, fromContract] = await Promise.all(
      ['wsdl: bank.wsdl', 'contract: contract.json'].map((source) =>
        describeFacade({ config: configOf(`services: { a: { ${source} } }`), configDir: folder }),
      ),
    );
    assert.deepEqual(fromContract, fromWsdl);
  });

  it('is named by the options of the service', async () => {
    const { types, numbers } = (await load('{ wsdl: bank.wsdl, names: asIs, numbers: number }')).contract;
    assert.match(JSON.stringify(types), /"jsonName":"CustomerId"/);
    assert.equal(numbers, 'number');
  });

  it('is refused with what to do where a file is missing or no contract', async () => {
    writeFileSync(join(folder, 'other.json'), '{"kind":"contract","version":99}');
    await assert.rejects(load('{ wsdl: nope.wsdl }'), /nope\.wsdl/);
    await assert.rejects(load('{ contract: nope.json }'), /nope\.json/);
    await assert.rejects(load('{ contract: other.json }'), /other\.json/);
  });

  const broken = bankWsdl.replace(
    '<xs:simpleType name="Customer">',
    '<xs:element name="Lost" type="xs:none"/>$&',
  );

  it('is read leniently only if the configuration says so', async () => {
    assert.notEqual(broken, bankWsdl);
    writeFileSync(join(folder, 'broken.wsdl'), broken);
    await assert.rejects(load('{ wsdl: broken.wsdl }'), /WSDL_UNKNOWN_TYPE|XSD_UNKNOWN_TYPE/);
    const { warnings } = await load('{ wsdl: broken.wsdl, lenient: true }');
    assert.deepEqual(
      warnings.map(({ severity, lenient }) => [severity, lenient !== undefined]),
      [['warning', true]],
    );
  });

  it('takes imported documents from the local copies of its catalog', async () => {
    const importing = bankWsdl.replace(
      '<xs:simpleType name="Customer">',
      '<xs:import namespace="urn:more" schemaLocation="http://schemas.invalid/more.xsd"/>$&',
    );
    writeFileSync(join(folder, 'importing.wsdl'), importing);
    writeFileSync(
      join(folder, 'more.xsd'),
      '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:more"><xs:element name="More" type="xs:int"/></xs:schema>',
    );
    writeFileSync(join(folder, 'copies.tsv'), 'http://schemas.invalid/more.xsd\tmore.xsd\n');
    const { contract, warnings } = await load('{ wsdl: importing.wsdl, catalog: copies.tsv }');
    assert.deepEqual(warnings, []);
    assert.equal(contract.elements['{urn:more}More']?.name.local, 'More');
    await assert.rejects(
      load('{ wsdl: importing.wsdl, catalog: nope.tsv }'),
      /services\.a\.catalog.*nope\.tsv/,
    );
  });

  it('tells the log what is doubtful about its WSDL when the facade starts', async () => {
    const lacking = bankWsdl.replace(
      '<xs:simpleType name="Customer">',
      '<xs:import namespace="urn:lacking" schemaLocation="lacking.xsd"/>$&',
    );
    assert.notEqual(lacking, bankWsdl);
    const bank = await startBank({
      prepare: (own) => {
        writeFileSync(join(own, 'bank.wsdl'), lacking);
      },
    });
    const warnings = bank.log.map((line) => JSON.parse(line) as Record<string, unknown>);
    await bank.close();
    const [warning] = warnings.filter(({ code }) => code === 'LOAD_NOT_FOUND');
    assert.equal(warning?.service, 'bank');
    assert.match(String(warning.msg), /bank\.wsdl:\d+:\d+ warning LOAD_NOT_FOUND: .*lacking\.xsd/);
  });
});
