import { toCaller, type Caller } from '../http/auth/caller.ts';
import type { OperationRuntime } from '../operations/operation-runtime.ts';
import type { Route } from '../../openapi/index.ts';
import { qnameKey, type QNameKey } from '../../wsdl/index.ts';
import type { ConsumerConfig, QueuePrincipalConfig } from '../config/consumer-config.ts';
import type { PlannedConsumer } from './plan-consumers.ts';

/** What a message may ask for. */
export interface BusOperation {
  /** As this queue's messages name it. */
  readonly name: string;
  readonly runtime: OperationRuntime;
  /** For the log: an object of its own, as the same operation has other lines over HTTP. */
  readonly shown: { readonly service: string; readonly operationId: string };
}

/** A queue whose messages are commands, with all that each of them needs. */
export interface CommandQueue {
  readonly config: ConsumerConfig;
  readonly operations: ReadonlyMap<string, BusOperation>;
  /** Those whose message in XML has this element in its Body. */
  byElement(element: QNameKey): readonly BusOperation[];
  /** Who sends every message; missing: each has a token. */
  readonly caller: Caller | undefined;
}

export function createCommandQueue(
  { config, routes }: PlannedConsumer,
  runtimeOf: (route: Route) => OperationRuntime,
): CommandQueue {
  const operations = new Map(
    [...routes].map(([name, route]): [string, BusOperation] => {
      const { service, operationId } = route;
      return [name, { name, runtime: runtimeOf(route), shown: { service, operationId } }];
    }),
  );
  let elements: ReadonlyMap<QNameKey, readonly BusOperation[]> | undefined;
  return {
    config,
    operations,
    byElement: (element) => (elements ??= Map.groupBy(operations.values(), elementOf)).get(element) ?? [],
    caller: config.principal && callerOf(config.queue, config.principal),
  };
}

/** The first child of soap:Body, `''` for none (WS-I BP 1.1, R2712 and R2729). */
function elementOf({ runtime }: BusOperation): QNameKey {
  const { body } = runtime.codec.operation.input;
  const element = body.wrapper ?? body.members[0]?.name;
  return element === undefined ? '' : qnameKey(element.namespace, element.local);
}

/** Its issuer is the queue, so that no token can name the same principal. */
function callerOf(queue: string, { subject, scopes, claims }: QueuePrincipalConfig): Caller {
  const issuer = `queue:${queue}`;
  return toCaller(
    { issuer, subject, scopes: new Set(scopes), claims: { ...claims, iss: issuer, sub: subject } },
    'Bearer',
  );
}
