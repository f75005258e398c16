import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMockServer, loadContract } from '../index.ts';
import { storeContract, type Contract } from '../wsdl/index.ts';
import { readScriptCall } from '../test/script-call.ts';
import { median } from './measure/statistics.ts';
import { bankWsdl } from './scene/bank-wsdl.ts';

const USAGE = `usage: node bench/mock-start.ts [contract.wsdl...]

Time of createMockServer on a free port from a contract in memory, and with reading it from its stored file. Without a WSDL: the bank with 3, 1,500 and 5,000 operations.`;
const ROUNDS = 9;

const { positionals } = readScriptCall(USAGE, {});
const folder = await mkdtemp(join(tmpdir(), 'portico-bench-'));
console.log(
  '| contract | operations | from memory, ms | CPU, ms | from the file, ms | CPU, ms |\n|--|--:|--:|--:|--:|--:|',
);
if (positionals.length === 0) {
  for (const idle of [0, 1497, 4997]) {
    const wsdl = join(folder, `bank-${idle}.wsdl`);
    await writeFile(wsdl, bankWsdl('http://127.0.0.1:9/bank', idle));
    await measure(`bank, ${idle} more`, wsdl);
  }
}
for (const wsdl of positionals) await measure(wsdl.split('/').at(-1)!, wsdl);
await rm(folder, { recursive: true });

async function measure(name: string, wsdl: string): Promise<void> {
  const contract = await loadContract(wsdl);
  const file = join(folder, 'stored.json');
  await storeContract(contract, file);
  const fromMemory = await timed(() => Promise.resolve(contract));
  const fromFile = await timed(() => loadContract(file));
  const operations = Object.values(contract.bindings).flatMap((binding) => binding.operations).length;
  console.log(`| ${name} | ${operations} | ${fromMemory} | ${fromFile} |`);
}

async function timed(load: () => Promise<Contract>): Promise<string> {
  const times: number[] = [];
  const cpu: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = process.cpuUsage();
    const start = performance.now();
    const mock = await createMockServer({ wsdl: await load() });
    times.push(performance.now() - start);
    const { user, system } = process.cpuUsage(before);
    cpu.push((user + system) / 1000);
    await mock.close();
  }
  return `${median(times).toFixed(1)} | ${median(cpu).toFixed(1)}`;
}
