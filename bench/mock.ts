import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readScriptCall } from '../test/script-call.ts';
import { pinCores } from './measure/cores.ts';
import { drive } from './measure/drive.ts';
import { median, quantile } from './measure/statistics.ts';
import { startPeers, type Peer } from './mock/peers.ts';
import { NAMESPACE } from './scene/bank-wsdl.ts';
import { envelope } from './scene/bank-messages.ts';

const USAGE = `usage: node bench/mock.ts [--rounds N] [--round-ms N] [--connections N] [--accounts N] [--wiremock JAR]

The mock, answering GetAccount with samples, beside a bare node:http server that answers one ready envelope, and beside WireMock
where its standalone jar is given: in turn, round by round. What is told are medians; the ratios are taken within each round, and that
of CPU (of the canned one by that of the other, for one request) is the one that a busy machine does not blur.`;

const OPTIONS = {
  rounds: { type: 'string', default: '7' },
  'round-ms': { type: 'string', default: '2000' },
  connections: { type: 'string', default: '8' },
  /** Asked for in turn: no answer is the last one over again. More than the mock remembers, and each answer is made anew. */
  accounts: { type: 'string', default: '1000' },
  wiremock: { type: 'string' },
} as const;

interface Round {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  /** Microseconds for one request. */
  readonly cpu: number;
  readonly megabytes: number;
}

const { values } = readScriptCall(USAGE, OPTIONS, ['rounds', 'round-ms', 'connections', 'accounts']);
const folder = await mkdtemp(join(tmpdir(), 'portico-bench-'));
const peers = await startPeers(folder, { core: pinCores()?.[1], wiremock: values.wiremock });
const requests = Array.from({ length: Number(values.accounts) }, (_, index) => requestFor(index));
const connections = Number(values.connections);
const rounds = new Map<Peer, Round[]>(peers.map((peer) => [peer, []]));

await writeFile(join(folder, 'request.txt'), requests[0]!);
for (const { port } of peers) await drive({ port, requests, connections, milliseconds: 3000 });
for (let round = 0; round < Number(values.rounds); round += 1)
  for (const peer of peers) rounds.get(peer)!.push(await measure(peer));
await Promise.all(peers.map((peer) => peer.stop()));
await rm(folder, { recursive: true });

const reference = rounds.get(peers[0]!)!;
console.log(
  '| | requests/s | of the canned one | CPU a request, µs | by CPU | p50, ms | p99, ms | memory, MB |\n|--|--:|--:|--:|--:|--:|--:|--:|',
);
for (const [{ name }, own] of rounds) {
  const of = (key: keyof Round): number => median(own.map((round) => round[key]));
  const ratio = median(own.map(({ perSecond }, index) => perSecond / reference[index]!.perSecond));
  const byCpu = median(own.map(({ cpu }, index) => reference[index]!.cpu / cpu));
  const rate = [of('perSecond').toFixed(0), ratio.toFixed(2), of('cpu').toFixed(0), byCpu.toFixed(2)];
  const cells = [...rate, of('p50').toFixed(2), of('p99').toFixed(2)];
  console.log(`| ${name} | ${cells.join(' | ')} | ${of('megabytes').toFixed(0)} |`);
}

async function measure(peer: Peer): Promise<Round> {
  const milliseconds = Number(values['round-ms']);
  const before = await peer.usage();
  const { seconds, latencies } = await drive({ port: peer.port, requests, connections, milliseconds });
  const { cpu, rss } = await peer.usage();
  return {
    perSecond: latencies.length / seconds,
    p50: median(latencies),
    p99: quantile(latencies, 0.99),
    cpu: (cpu - before.cpu) / latencies.length,
    megabytes: rss / 1e6,
  };
}

function requestFor(index: number): Buffer {
  const xml = envelope(
    'GetAccount',
    `<ns2:CustomerId>anna</ns2:CustomerId><ns2:AccountId>acc-${1000 + index}</ns2:AccountId>`,
  );
  const head = [
    'POST /Bank/BankPort HTTP/1.1',
    'Host: 127.0.0.1',
    'Content-Type: text/xml; charset=utf-8',
    `SOAPAction: "${NAMESPACE}/GetAccount"`,
    `Content-Length: ${Buffer.byteLength(xml)}`,
  ];
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${xml}`);
}
