import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import { createClientAsync } from 'soap';
import { compileCodec, loadContract, type JsonValue, type MessageCodec } from '../index.ts';
import { codecLoads, type CodecLoad } from './scene/codec-loads.ts';
import { bankWsdl, NAMESPACE } from './scene/bank-wsdl.ts';
import { gsoapClient } from './gsoap/measure-gsoap.ts';
import { median } from './measure/statistics.ts';

/** What node-soap's client has inside; its types do not tell. */
interface SoapWsdl {
  xmlToObject(xml: string): Record<string, JsonValue>;
  objectToDocumentXML(name: string, value: unknown, prefix: string, uri: string): string;
}

/** One message's worth of work. */
type Job = () => unknown;

const ROUNDS = 7;
/** CPU time of one contender in one round, in microseconds; more where a single message takes longer. */
const SLICE = 60_000;
const WARM_UP = 3;
const CHUNK = 64 * 1024;

const folder = await mkdtemp(join(tmpdir(), 'portico-codec-'));
try {
  const path = join(folder, 'bank.wsdl');
  await writeFile(path, bankWsdl('http://127.0.0.1:9/bank', 0));
  const contract = await loadContract(path);
  const client = await createClientAsync(path);
  const soap = (client as unknown as { readonly wsdl: SoapWsdl }).wsdl;
  console.log('CPU per message, medians of alternating rounds; MB/s of XML; times as fast as node-soap\n');
  for (const load of codecLoads) {
    const codec = compileCodec(contract, { operation: load.operation }).output!;
    report(`decode ${load.name}`, load, measure(decoders(codec, soap, load)));
    if (load.encodes) report(`encode ${load.name}`, load, measure(encoders(codec, soap, load)));
  }
  await compareWithGsoap();
} finally {
  await rm(folder, { recursive: true });
}

function decoders(codec: MessageCodec, soap: SoapWsdl, { xml }: CodecLoad): Record<string, Job> {
  const bytes = Buffer.from(xml);
  const parser = new XMLParser({ removeNSPrefix: true, parseTagValue: false });
  return {
    portico: () => codec.decode(bytes),
    'portico, chunks': () => decodeChunks(codec, bytes),
    general: () => codec.decode(bytes, { generalOnly: true }),
    'node-soap': () => Buffer.from(JSON.stringify(soap.xmlToObject(bytes.toString()))),
    'fast-xml-parser': () => Buffer.from(JSON.stringify(parser.parse(bytes))),
  };
}

function decodeChunks(codec: MessageCodec, bytes: Uint8Array): unknown {
  const decoder = codec.createDecoder(() => undefined);
  for (let from = 0; from < bytes.length; from += CHUNK) decoder.write(bytes.subarray(from, from + CHUNK));
  return decoder.end();
}

/** Each is given what it made of the same message itself. */
function encoders(codec: MessageCodec, soap: SoapWsdl, { xml, operation }: CodecLoad): Record<string, Job> {
  const decoded = codec.decode(Buffer.from(xml));
  if (decoded.kind !== 'message') throw new Error('The load is a fault');
  const value = JSON.parse(Buffer.from(decoded.json).toString()) as JsonValue;
  const element = `${operation}Response`;
  const body = (soap.xmlToObject(xml).Body as Record<string, JsonValue>)[element];
  return {
    portico: () => codec.encode(value),
    'node-soap': () => Buffer.from(soap.objectToDocumentXML(element, body, 'tns', NAMESPACE)),
  };
}

/** The C client makes structures of the reply, Portico JSON. */
async function compareWithGsoap(): Promise<void> {
  const load = codecLoads.find(({ name }) => name === '100 rows')!;
  const measureClient = await gsoapClient(folder, load.xml, 100);
  if (typeof measureClient === 'string') {
    console.log(measureClient);
    return;
  }
  const contract = await loadContract(join(folder, 'bank.wsdl'));
  const codec = compileCodec(contract, { operation: load.operation }).output!;
  const bytes = Buffer.from(load.xml);
  const decode: Job = () => codec.decode(bytes);
  const count = calibrate(decode);
  const rounds = Array.from({ length: ROUNDS }, () => [timeOf(decode, count), measureClient()] as const);
  const ours = median(rounds.map(([time]) => time));
  const theirs = median(rounds.map(([, time]) => time));
  console.log(
    `read 100 rows: portico ${ours.toFixed(1)} µs, gSOAP ${theirs.toFixed(1)} µs, ${(theirs / ours).toFixed(1)} x`,
  );
}

/** @returns microseconds of CPU for one message, by contender. */
function measure(jobs: Record<string, Job>): Map<string, number> {
  const contenders = Object.entries(jobs).map(([name, job]) => ({
    name,
    job,
    count: calibrate(job),
    times: [] as number[],
  }));
  for (let round = 0; round < ROUNDS; round++) {
    for (const { job, count, times } of contenders) times.push(timeOf(job, count));
  }
  return new Map(contenders.map(({ name, times }) => [name, median(times)]));
}

/** How many messages fill a slice, once the code is warm. */
function calibrate(job: Job): number {
  let count = 1;
  for (let i = 0; i < WARM_UP; i++) count = Math.max(1, Math.round(SLICE / timeOf(job, count)));
  return count;
}

function timeOf(job: Job, count: number): number {
  const before = process.cpuUsage();
  for (let i = 0; i < count; i++) job();
  const { user, system } = process.cpuUsage(before);
  return Math.max(1, user + system) / count;
}

function report(title: string, { xml }: CodecLoad, results: ReadonlyMap<string, number>): void {
  const bytes = Buffer.byteLength(xml);
  const reference = results.get('node-soap') ?? Number.NaN;
  console.log(`${title}, ${bytes.toLocaleString('en')} bytes`);
  for (const [name, time] of results) {
    const speed = `${(bytes / time).toFixed(0)} MB/s`.padStart(10);
    console.log(
      `  ${name.padEnd(16)} ${time.toFixed(2).padStart(11)} µs ${speed} ${(reference / time).toFixed(1).padStart(8)} x`,
    );
  }
  console.log();
}
