import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLineWriter } from '../../../facade/log/line-writer.ts';

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
