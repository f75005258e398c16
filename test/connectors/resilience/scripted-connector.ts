import {
  ConnectorError,
  type Connector,
  type ConnectorErrorCode,
  type SoapReply,
  type SoapRequest,
} from '../../../connectors/connector.ts';
import type { ResilientOptions } from '../../../connectors/resilience/resilient-connector.ts';

/** One call as a scripted connector got it, to be answered by the test. */
export interface ScriptedCall {
  readonly request: SoapRequest;
  answer(reply?: SoapReply): void;
  fail(code: ConnectorErrorCode, details?: Partial<ConnectorError>): void;
}

export interface ScriptedConnector extends Connector {
  readonly calls: ScriptedCall[];
  /** What is done with each call as it comes; default: answered. */
  script: (call: ScriptedCall) => void;
}

export const answer: SoapReply = { status: 200, body: chunks(), whole: new Uint8Array(1) };

export function scriptedConnector(
  script: ScriptedConnector['script'] = (call) => {
    call.answer();
  },
): ScriptedConnector {
  const connector: ScriptedConnector = {
    calls: [],
    script,
    send: (request) =>
      new Promise((resolve, reject) => {
        const call: ScriptedCall = {
          request,
          answer: (reply = answer) => {
            resolve(reply);
          },
          fail: (code, { mayHaveBeenSent = code !== 'CONNECT_FAILED', status, retryAfter } = {}) => {
            reject(
              new ConnectorError(code, code, {
                mayHaveBeenSent,
                ...(status !== undefined && { status }),
                ...(retryAfter !== undefined && { retryAfter }),
              }),
            );
          },
        };
        connector.calls.push(call);
        connector.script(call);
      }),
    isReachable: () => Promise.resolve(true),
    close: () => Promise.resolve(),
  };
  return connector;
}

export const failing =
  (code: ConnectorErrorCode, details?: Partial<ConnectorError>) =>
  (call: ScriptedCall): void => {
    call.fail(code, details);
  };

/** Policies that do nothing unless a test says otherwise; retries do not wait. */
export function optionsFor(
  connectors: readonly Connector[],
  more: Partial<ResilientOptions> = {},
): ResilientOptions {
  return {
    service: 'bank',
    endpoints: connectors.map((connector, index) => ({ url: `http://core-${index}/`, connector })),
    retry: { most: 2, budget: 0.1 },
    circuitBreaker: { failureRatio: 0.5, windowMs: 10_000, minimumCalls: 10_000, probeMs: 1000 },
    bulkhead: { running: 1000, queued: 1000 },
    failover: 'priority',
    timeoutMs: 10_000,
    random: () => 0,
    ...more,
  };
}

export function requestOf(more: Partial<SoapRequest> = {}): SoapRequest {
  return {
    soapVersion: '1.1',
    action: 'urn:act',
    envelope: new Uint8Array(1),
    isOneWay: false,
    deadline: Date.now() + 10_000,
    ...more,
  };
}

export async function* chunks(...all: (Uint8Array | Error)[]): AsyncGenerator<Uint8Array> {
  for (const chunk of all) {
    if (chunk instanceof Error) throw chunk;
    yield await Promise.resolve(chunk);
  }
}
