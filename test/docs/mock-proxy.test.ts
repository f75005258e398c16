import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { createInterface } from 'node:readline';
import { createMockServer } from '../../mocks/index.ts';
import { portico } from '../cli/program.ts';
import { GREETER, withDocuments } from '../mocks/contracts.ts';
import { postBody } from '../mocks/soap-client.ts';

const root = join(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'docs/mock-proxy.md'), 'utf8');

/** The words of the command in the page that has this one among them. */
function wordsWith(flag: string, folder: string, service = ''): string[] {
  const lines = page.split('\n').filter((line) => line.startsWith('portico mock '));
  const line = lines.find((one) => one.includes(flag)) ?? assert.fail(`no command has ${flag}`);
  return line
    .replace('core.wsdl', join(folder, 'greeter.wsdl'))
    .replace('8081', '0')
    .replace(/https:\S+/, service)
    .replace(/recorded\//, join(folder, 'recorded'))
    .split(' ')
    .slice(1);
}

describe('docs/mock-proxy.md', function () {
  this.timeout(60_000);

  it('records a service by the command shown, and says what drifted; --check says what no longer fits', () =>
    withDocuments(GREETER, async (folder) => {
      const service = await createMockServer({ wsdl: join(folder, 'greeter.wsdl') });
      const to = service.endpointOf('Greeter', 'Greeter11');
      const proxy = spawn(process.execPath, ['cli/main.ts', ...wordsWith('--record', folder, to)], {
        cwd: root,
      });
      try {
        const [line] = (await once(createInterface(proxy.stdout), 'line')) as [string];
        const url = /http:\/\/[^\s;]+/.exec(line)?.[0] ?? assert.fail(line);
        for (const body of ['<Name>Ada</Name>', ''])
          await postBody(`${url}/Greeter/Greeter11`, '1.1', `<Greet xmlns="urn:greeter">${body}</Greet>`);
        proxy.kill('SIGTERM');
        const said = await text(proxy.stdout);
        assert.match(said, /1 different requests recorded/);
        assert.match(said, /drift: Greeter\/Greeter11 Greet request, once: /);
      } finally {
        proxy.kill('SIGKILL');
        await service.close();
      }
      const check = [...wordsWith('--scenarios', folder), '--check'];
      const good = await portico(check);
      assert.deepEqual(good, { code: 0, stdout: 'the scenarios fit their contracts\n', stderr: '' });
      const schema = join(folder, 'greeter.xsd');
      writeFileSync(schema, readFileSync(schema, 'utf8').replace('name="Line"', 'name="Verse"'));
      const bad = await portico(check);
      assert.equal(bad.code, 1);
      assert.match(bad.stderr, /Greeter\.Greet\.yaml:\d+:\d+ /);
    }));
});
