import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { DOUBTFUL, MANIFEST, openDump } from '../../../cli/doctor/dump.ts';
import { examine, type MadeMessage } from '../../../cli/doctor/examine.ts';

const FOLDER = 'test/fixtures/contracts';

async function messagesOf(fixture: string): Promise<MadeMessage[]> {
  const messages: MadeMessage[] = [];
  const report = await examine(join(FOLDER, fixture), {
    compile: { lenient: true },
    isQuick: true,
    onMessage: (message) => messages.push(message),
  });
  assert.ok(report.passed, JSON.stringify(report.operations));
  return messages;
}

describe('a message that its contract leaves open', () => {
  it('passes, and is said to be one', async () => {
    const messages = await messagesOf('undeclared-element.wsdl');
    assert.ok(messages.length > 0);
    for (const { doubt } of messages) assert.equal(doubt, 'the element "Missing" is declared nowhere');
  });

  it('is one in rpc style with a part that names an element', async () => {
    const [message] = await messagesOf('rpc-element-part.wsdl');
    assert.match(message!.doubt!, /R2203/);
  });

  it('is none where the contract says all', async () => {
    for (const { doubt } of await messagesOf('rpc-literal.wsdl')) assert.equal(doubt, undefined);
  });

  it('stands in a list of its own in the dump, with the reason', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'doctor-'));
    const dump = openDump(folder, join(FOLDER, 'undeclared-element.wsdl'));
    for (const message of await messagesOf('undeclared-element.wsdl')) dump.add(message);
    dump.close();
    const [line = ''] = readFileSync(join(folder, DOUBTFUL), 'utf8').split('\n');
    const entry = JSON.parse(line) as Record<string, string>;
    assert.match(entry['doubt']!, /declared nowhere/);
    assert.ok(existsSync(join(folder, entry['file']!)));
    assert.equal(readFileSync(join(folder, MANIFEST), 'utf8'), '');
  });
});
