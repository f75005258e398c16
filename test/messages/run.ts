import { relative, resolve } from 'node:path';
import { readScriptCall } from '../script-call.ts';
import { compareMessages, type MessageVerdict } from './compare-messages.ts';
import { findMessages } from './find-messages.ts';

const USAGE = `usage: npm run messages -- [<folder> [<folder that the contracts import from>...]]

Reads every recorded message below the folder (default: the current one) that is valid, writes it again, and compares.`;

const { positionals } = readScriptCall(USAGE, {});
const [folder = resolve('.'), ...allowedRoots] = positionals.map((path) => resolve(path));
const verdicts: MessageVerdict[] = [];
for (const { wsdl, messages } of findMessages(folder))
  verdicts.push(...(await compareMessages(wsdl, messages, { lenient: true, allowedRoots })));
for (const { name, kind, reason } of verdicts) {
  if (kind !== 'same')
    console.log(`${kind}: ${relative(folder, name)}${reason === undefined ? '' : `\n  ${reason}`}`);
}
const counts = Object.entries(Object.groupBy(verdicts, ({ kind }) => kind)).map(
  ([kind, all]) => `${all.length} ${kind}`,
);
console.log(`${verdicts.length} messages: ${counts.join(', ')}`);
process.exitCode = verdicts.some(({ kind }) => kind === 'different' || kind === 'unread') ? 1 : 0;
