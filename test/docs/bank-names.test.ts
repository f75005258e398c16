import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { formatConfigProblem, parseConfig } from '../../facade/index.ts';
import { connectServices } from '../../facade/operations/connect-services.ts';
import { planServices } from '../../facade/operations/plan-service.ts';
import { idleBus } from '../connectors/bus/no-queues.ts';

const root = new URL('../../', import.meta.url);

/** The first example of a page, for the contracts of the bank example. */
function exampleOf(page: string): string {
  const text = readFileSync(new URL(`docs/${page}`, root), 'utf8');
  const yaml = /```yaml\n([^]*?)```/.exec(text)?.[1] ?? '';
  return `auth: { development: true }\n${yaml}`.replaceAll(
    /^ {2}(core-banking|payments):$/gm,
    '  $1:\n    wsdl: wsdl/$1.wsdl\n    endpoint: http://127.0.0.1:1/',
  );
}

describe('The pages on caching and operations', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'portico-docs-'));
    cpSync(fileURLToPath(new URL('examples/bank/wsdl', root)), join(folder, 'wsdl'), { recursive: true });
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  for (const page of ['caching.md', 'operations.md'])
    it(`begin with a configuration that fits the bank example: ${page}`, async () => {
      const { config, problems } = parseConfig('portico.yaml', exampleOf(page), {});
      assert.deepEqual(problems.map(formatConfigProblem), []);
      assert.ok(config);
      const services = await planServices(config, folder);
      const { operations, connectors } = connectServices(services, config, {
        configDir: folder,
        messages: idleBus(),
      });
      assert.ok(operations.length > 0);
      await Promise.all([...connectors.values()].flat().map((connector) => connector.close()));
    });
});
