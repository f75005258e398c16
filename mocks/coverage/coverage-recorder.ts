import {
  DecodeError,
  type Contract,
  type JsonValue,
  type Operation,
  type OperationCodec,
} from '../../wsdl/index.ts';
import type { Answerer } from '../call.ts';
import { decodeAnswer } from '../decode-answer.ts';
import type { SoapAnswer } from '../encode-answer.ts';
import type { Endpoint } from '../endpoint.ts';
import {
  summarise,
  type CoverageReport,
  type OperationCoverage,
  type PointCoverage,
} from './coverage-report.ts';
import { pointsOf } from './points.ts';
import { MessageWatcher } from './see-message.ts';
import { Sightings } from './sightings.ts';

type Direction = PointCoverage['direction'];

interface Watched {
  readonly sightings: Readonly<Record<Direction, Sightings>>;
  readonly watchers: Readonly<Record<Direction, MessageWatcher>>;
}

interface Calls {
  requests: number;
  answers: number;
  readonly faults: Map<string, number>;
}

/** Notes what the calls of a mock show of its contracts. Present only where coverage was asked for: it reads each answer again. */
export class CoverageRecorder {
  readonly #endpoints: readonly Endpoint[];
  readonly #watched = new Map<Contract, Watched>();
  readonly #calls = new Map<string, Calls>();

  constructor(endpoints: readonly Endpoint[]) {
    this.#endpoints = endpoints;
    for (const { contract } of endpoints) this.#watched.set(contract, watch(contract));
  }

  /** Stands before all others, and lets them answer. */
  readonly answer: Answerer = async ({ endpoint, codec, operation, input }, next) => {
    const watched = this.#watched.get(endpoint.contract)!;
    const calls = this.#callsOf(endpoint, operation);
    calls.requests += 1;
    watched.watchers.request.seeMessage(operation.input, input);
    const answered = await next();
    await noteAnswer(calls, watched.watchers.answer, codec, answered.answer);
    return answered;
  };

  clear(): void {
    this.#calls.clear();
    for (const { sightings } of this.#watched.values())
      for (const one of Object.values(sightings)) one.clear();
  }

  report(): CoverageReport {
    const operations = this.#endpoints.flatMap((endpoint) =>
      endpoint.operations.map((operation) => this.#operationCoverage(endpoint, operation)),
    );
    const messages = [...this.#watched].flatMap(([contract, { sightings }]) => [
      ...pointCoverage(contract, 'request', sightings.request),
      ...pointCoverage(contract, 'answer', sightings.answer),
    ]);
    return { summary: summarise(operations, messages), operations, messages };
  }

  #callsOf({ path }: Endpoint, { id }: Operation): Calls {
    const key = `${path} ${id}`;
    const calls = this.#calls.get(key) ?? { requests: 0, answers: 0, faults: new Map<string, number>() };
    this.#calls.set(key, calls);
    return calls;
  }

  #operationCoverage(endpoint: Endpoint, operation: Operation): OperationCoverage {
    const { requests, answers, faults } = this.#callsOf(endpoint, operation);
    return {
      service: endpoint.service.name,
      port: endpoint.port.name,
      operation: operation.id,
      requests,
      answers,
      faults: operation.faults.map(({ name }) => ({ name, count: faults.get(name) ?? 0 })),
    };
  }
}

function watch(contract: Contract): Watched {
  const sightings = { request: new Sightings(), answer: new Sightings() };
  const watchers = {
    request: new MessageWatcher(contract, sightings.request),
    answer: new MessageWatcher(contract, sightings.answer),
  };
  return { sightings, watchers };
}

async function noteAnswer(
  calls: Calls,
  watcher: MessageWatcher,
  codec: OperationCodec,
  answer: SoapAnswer,
): Promise<void> {
  if (answer.outcome !== 'fault') calls.answers += 1;
  const decoded = await decodeAnswer(codec, answer).catch((error: unknown) => {
    // A scenario may answer what no contract allows, and means to.
    if (error instanceof DecodeError) return undefined;
    throw error;
  });
  if (decoded === undefined) return;
  if (decoded.kind === 'message') {
    watcher.seeMessage(codec.operation.output!, parse(decoded.json));
    return;
  }
  const { detail } = decoded.fault;
  const declared = codec.operation.faults.find(({ name }) => name === detail?.name);
  if (detail === undefined || declared === undefined) return;
  calls.faults.set(detail.name, (calls.faults.get(detail.name) ?? 0) + 1);
  watcher.seeElement(declared.detail, parse(detail.json), declared.detail.name.local);
}

function parse(json: Uint8Array): JsonValue {
  return JSON.parse(Buffer.from(json).toString('utf8')) as JsonValue;
}

function pointCoverage(contract: Contract, direction: Direction, sightings: Sightings): PointCoverage[] {
  const operations = Object.values(contract.bindings).flatMap((binding) => binding.operations);
  const isRequest = direction === 'request';
  const messages = operations.flatMap(({ input, output }) => (isRequest ? [input] : output ? [output] : []));
  const details = isRequest ? [] : operations.flatMap(({ faults }) => faults.map(({ detail }) => detail));
  return pointsOf(contract, messages, details).map(({ kind, where, name }) => ({
    contract: contract.name,
    direction,
    kind,
    where,
    name,
    count: sightings.count(kind, where, name),
  }));
}
