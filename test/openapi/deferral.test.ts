import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeFacade } from '../../facade/index.ts';
import type { OpenApiDocument } from '../../openapi/index.ts';
import { configOf } from '../facade/bank.ts';
import { bankWsdl } from '../facade/bank-wsdl.ts';

const describeRoutes = async (...modes: string[]): Promise<OpenApiDocument> => {
  const configDir = mkdtempSync(join(tmpdir(), 'portico-deferral-'));
  try {
    writeFileSync(join(configDir, 'bank.wsdl'), bankWsdl);
    const rows = modes.map(
      (mode, index) =>
        `{ operation: Transfer, method: POST, path: /v1/t${index}, operationId: t${index}, status: 201, input: { customerId: token.sub }, mode: ${mode} }`,
    );
    const config = configOf(`services: { bank: { wsdl: bank.wsdl, routes: [ ${rows.join(', ')} ] } }`);
    return await describeFacade({ config, configDir });
  } finally {
    rmSync(configDir, { recursive: true });
  }
};

describe('the document of operations that are carried out later', () => {
  it('tells of 202, of the preference where it counts, and of the paths to ask at', async () => {
    const { paths, components, tags } = await describeRoutes('async', 'either', 'sync');
    const posts = ['/v1/t0', '/v1/t1', '/v1/t2'].map((path) => paths[path]!.post!);
    assert.deepEqual(
      posts.map(({ responses }) => Object.keys(responses).filter((status) => status < '300')),
      [['202'], ['201', '202'], ['201']],
    );
    const prefer = { $ref: '#/components/parameters/PreferAsync' };
    assert.deepEqual(
      posts.map(({ parameters = [] }) => parameters.some((one) => '$ref' in one && one.$ref === prefer.$ref)),
      [false, true, false],
    );
    const own = paths['/v1/operations/{operationId}']!;
    assert.deepEqual(Object.keys(own), ['get', 'delete']);
    assert.ok('OperationStatus' in components.schemas && 'PreferAsync' in components.parameters);
    assert.ok(tags.some(({ name }) => name === 'operations'));
  });

  it('says nothing of it where there are none', async () => {
    const { paths, components } = await describeRoutes('sync');
    assert.deepEqual(Object.keys(paths), ['/v1/t0']);
    assert.ok(!('OperationStatus' in components.schemas));
  });
});
