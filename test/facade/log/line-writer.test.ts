import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { createLineWriter } from '../../../facade/log/line-writer.ts';
import { createRequestLines, requestLogOf } from '../../../facade/log/request-log.ts';

describe('the writer of log lines', () => {
  it('writes all that came before a flush, in order', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'portico-log-'));
    const file = openSync(join(folder, 'log'), 'w');
    const writer = createLineWriter(file);
    const expected: string[] = [];
    for (let index = 0; index < 5000; index += 1) {
      expected.push(`line ${index} ä€\n`);
      writer.write(expected.at(-1)!);
      if (index === 2500) await writer.flush();
    }
    await writer.flush();
    assert.equal(readFileSync(join(folder, 'log'), 'utf8'), expected.join(''));
    closeSync(file);
    rmSync(folder, { recursive: true });
  });

  it('writes the rest when the process exits', () => {
    const url = new URL('../../../facade/log/line-writer.ts', import.meta.url).href;
    const script = `const { createLineWriter } = await import(${JSON.stringify(url)});
      const writer = createLineWriter(1);
      for (let index = 0; index < 20000; index += 1) writer.write('line ' + index + '\\n');
      process.exit(0);`;
    const output = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      encoding: 'utf8',
    });
    assert.equal(output.split('\n').length, 20_001);
    assert.match(output, /line 19999\n$/);
  });
});

describe('the line of a request', () => {
  it('is the one that pino would write', () => {
    const lines: string[] = [];
    const stream = { write: (line: string): unknown => lines.push(line) };
    const ours = createRequestLines(stream.write);
    const theirs = requestLogOf(pino({ base: null }, stream));
    const full = { requestId: 'r-1', route: '/v1/"x"/{y}', subject: '0123456789abcdef', code: 'not-found' };
    for (const request of [full, { requestId: 'r-2' }]) {
      ours(request, 'GET', 404, 7);
      theirs(request, 'GET', 404, 7);
      const [own, pinos] = lines.splice(0).map((line) => JSON.parse(line) as Record<string, unknown>);
      assert.match(String(own?.time), /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
      assert.deepEqual({ ...own, time: 0 }, { ...pinos, time: 0 });
      assert.deepEqual(Object.keys(own!), Object.keys(pinos!));
    }
  });
});
