import { openDump } from '../../cli/doctor/dump.ts';
import type { MadeMessage } from '../../cli/doctor/examine.ts';
import { Doubts } from '../../cli/doctor/doubts.ts';
import { MessageSchemas, openContractJudge, subjectsOf, type ContractJudge } from '../../judge/index.ts';
import { planEndpoints } from '../../mocks/endpoint.ts';
import { createMockServer, type MockServer } from '../../mocks/index.ts';
import { compileContract, type CompiledContract, type Contract, type Operation } from '../../wsdl/index.ts';
import type { ContractRow } from '../corpus/inventory.ts';
import { callOperation, type Answer, type Target } from './call-operation.ts';
import { importFromMock } from './import-from-mock.ts';

export interface MockOptions {
  readonly catalog: Readonly<Record<string, string>>;
  readonly dump?: string;
}

/** What became of the mock of one contract. */
export interface MockOutcome {
  readonly contract: string;
  readonly operations: number;
  /** With an output that came, or one-way and accepted. */
  readonly answered: number;
  readonly oneWay: number;
  /** Found valid by libxml2. */
  readonly valid: number;
  /** libxml2 refuses the schemas of the contract, so that only the structure was looked at. */
  readonly unjudged: number;
  /** Of operations that share body element and SOAPAction with another: the mock cannot know which is meant, and answers as one of them. */
  readonly ambiguous: number;
  /** The same bytes came from a second mock that was asked in the opposite order. */
  readonly same: number;
  /** `same`: what the mock serves at ?wsdl compiles to the same contract. */
  readonly served: 'same' | 'different' | 'broken';
  readonly causes: readonly string[];
  readonly seconds: number;
}

type Sound = CompiledContract & { readonly contract: Contract };

/** Mocks a contract twice, calls every operation of every port of both, and judges the answers. */
export async function checkMock(row: ContractRow, options: MockOptions): Promise<MockOutcome | undefined> {
  const start = performance.now();
  const compiled = await compileContract(row.file, {
    catalog: options.catalog,
    allowedRoots: [row.root],
    lenient: true,
  });
  if (!isSound(compiled)) return undefined;
  const causes: string[] = [];
  const served = await withMock(compiled, (mock) => importFromMock(mock.url, compiled.contract, causes));
  const first = await withMock(compiled, (mock) => callAll(compiled.contract, mock, causes));
  const second = await withMock(compiled, (mock) =>
    callAll(compiled.contract, mock, causes, (targets) => targets.toReversed()),
  );
  const same = [...first].filter(([key, { answer }]) => second.get(key)?.answer.digest === answer.digest);
  for (const [key] of first) if (!same.some(([other]) => other === key)) causes.push(`${key}: other bytes`);
  return {
    contract: row.contract,
    operations: targetsOf(compiled.contract).length,
    ...judgeAll(row, compiled, [...first.values()], causes, options.dump),
    same: same.length,
    served,
    causes,
    seconds: (performance.now() - start) / 1000,
  };
}

function isSound(compiled: CompiledContract): compiled is Sound {
  return compiled.contract !== undefined;
}

async function withMock<T>(compiled: Sound, use: (mock: MockServer) => Promise<T>): Promise<T> {
  const mock = await createMockServer({ wsdl: compiled, seed: 1 });
  try {
    return await use(mock);
  } finally {
    await mock.close();
  }
}

type Place = Omit<Target, 'url'>;

interface Called {
  readonly place: Place;
  readonly answer: Answer;
}

/** With the paths of the mock: two services of one name have one each. */
function targetsOf(contract: Contract): (Place & { readonly path: string })[] {
  return planEndpoints([{ contract, documents: [] }]).flatMap(
    ({ service, port, binding, operations, path }) =>
      operations.map((operation) => ({ service: service.name, port: port.name, binding, operation, path })),
  );
}

async function callAll(
  contract: Contract,
  mock: MockServer,
  causes: string[],
  order: <T>(places: T[]) => T[] = (places) => places,
): Promise<Map<string, Called>> {
  const called = new Map<string, Called>();
  for (const place of order(targetsOf(contract))) {
    const key = `${place.path} ${place.operation.id}`;
    try {
      const answer = await callOperation(contract, { ...place, url: mock.url + place.path });
      called.set(key, { place, answer });
    } catch (error) {
      causes.push(`${key}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return called;
}

type Counts = Pick<MockOutcome, 'answered' | 'oneWay' | 'valid' | 'unjudged' | 'ambiguous'>;

function judgeAll(
  row: ContractRow,
  { contract, documents, diagnostics }: Sound,
  called: readonly Called[],
  causes: string[],
  folder: string | undefined,
): Counts {
  const judge = openContractJudge(contract, documents);
  const doubts = new Doubts(contract, documents, diagnostics);
  const schemas = new MessageSchemas(contract);
  const dump = folder === undefined ? undefined : openDump(folder, row.file, subfolderOf(row));
  const counts = { answered: 0, oneWay: 0, valid: 0, unjudged: 0, ambiguous: 0 };
  for (const { place: asked, answer } of called) {
    const key = `${asked.service}/${asked.port}/${asked.operation.id}`;
    const meant = tiedWith(asked).map((operation) => ({ ...asked, operation }));
    const place = meant.find((candidate) => faultOf(judge, answer, candidate) === undefined) ?? asked;
    if (place.operation !== asked.operation) counts.ambiguous++;
    const fault = faultOf(judge, answer, place);
    if (fault !== undefined) {
      causes.push(`${key}: ${fault}`);
      continue;
    }
    counts.answered++;
    if (answer.envelope === undefined) counts.oneWay++;
    else {
      counts[judge.refusal === undefined ? 'valid' : 'unjudged']++;
      dump?.add(toMade(place, answer.envelope, schemas, doubts, judge.refusal));
    }
  }
  dump?.close();
  judge.close();
  return counts;
}

/** The operation itself first, then those that nothing in a request tells apart from it. */
function tiedWith({ binding, operation }: Place): Operation[] {
  const signature = (one: Operation): string => JSON.stringify([one.soapAction, bodyName(one)]);
  const tied = binding.operations.filter((one) => signature(one) === signature(operation));
  return [operation, ...tied.filter((one) => one !== operation)];
}

function bodyName({ input: { body } }: Operation): unknown {
  return body.kind === 'rpc' ? body.wrapper : (body.members[0]?.name ?? '');
}

/** What is wrong with an answer, were it that of this operation. */
function faultOf(judge: ContractJudge, { status, text, envelope }: Answer, place: Place): string | undefined {
  const { operation } = place;
  if (status !== (operation.output === undefined ? 202 : 200)) return `${status} ${text.slice(0, 300)}`;
  if (envelope === undefined) return undefined;
  try {
    const verdict = judge.judge(envelope, operation, { direction: 'output' });
    const [structure] = verdict?.structure ?? [];
    const [schema] = [...(verdict?.faults ?? []), ...(verdict?.identityFaults ?? [])];
    return structure ?? schema?.message;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function toMade(
  { service, port, binding, operation }: Place,
  xml: Uint8Array,
  schemas: MessageSchemas,
  doubts: Doubts,
  refusal: string | undefined,
): MadeMessage {
  const subject = subjectsOf(binding, operation, schemas).find(({ direction }) => direction === 'output')!;
  const doubt = doubts.of(subject, refusal);
  return {
    place: { service, port, binding, operation },
    subject,
    variant: { name: 'answer', seed: 1, value: null },
    xml,
    ...(doubt !== undefined && { doubt }),
  };
}

function subfolderOf({ contract }: ContractRow): string {
  return contract.replace(/[^\w.-]+/g, '_').slice(-150);
}
