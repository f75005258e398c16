import type { Connector, HealthOptions, HealthProbe } from '../../connectors/index.ts';
import type { Route } from '../../openapi/index.ts';
import { compileCodec, SelectionError, ValueError, type Contract } from '../../wsdl/index.ts';
import { ConfigError } from '../config/config-problem.ts';
import type { HealthConfig } from '../config/service-policy-config.ts';

const FIRST_SUCCESS = 200;
const FIRST_REDIRECT = 300;

/** Makes the probe of an endpoint, of a connector that calls do not share: they may have taken all its connections. */
export type ProbeOf = (connector: Connector) => HealthProbe;

/** @throws ConfigError if the operation cannot be called with the input given. */
export function probeOf(route: Route, health: HealthConfig, contract: Contract): ProbeOf {
  switch (health.probe) {
    case 'tcp':
      return (connector) => () => connector.isReachable();
    case 'http':
      return (connector) => async (timeoutMs) => {
        const status = await connector.getStatus!(health.path ?? '/', timeoutMs);
        return status >= FIRST_SUCCESS && status < FIRST_REDIRECT;
      };
    case 'operation':
      return operationProbe(route, health, contract);
  }
}

/** Any answer in SOAP shows that the service works, a fault too. */
function operationProbe(route: Route, health: HealthConfig, contract: Contract): ProbeOf {
  const { codec, envelope } = encodeProbe(route, health, contract);
  return (connector) => async (timeoutMs) => {
    const reply = await connector.send({
      soapVersion: codec.soapVersion,
      action: codec.operation.soapAction,
      envelope,
      isOneWay: codec.output === undefined,
      isSafe: true,
      deadline: Date.now() + timeoutMs,
    });
    const chunks = reply.body[Symbol.asyncIterator]();
    while ((await chunks.next()).done !== true);
    return true;
  };
}

function encodeProbe(
  { service: name, wsdlService: service, port }: Route,
  { operation = '', input = {} }: HealthConfig,
  contract: Contract,
): { readonly codec: ReturnType<typeof compileCodec>; readonly envelope: Uint8Array } {
  try {
    const codec = compileCodec(contract, { operation, port, service });
    return { codec, envelope: codec.input.encodePackage(input).envelope };
  } catch (error) {
    if (error instanceof SelectionError) throw refusal(name, 'operation', error.message, error);
    if (!(error instanceof ValueError)) throw error;
    const [fault] = error.faults;
    throw refusal(
      name,
      'input',
      `does not fit ${operation}: ${fault?.pointer ?? ''} ${fault?.message ?? ''}`,
      error,
    );
  }
}

function refusal(name: string, key: string, message: string, cause: unknown): ConfigError {
  return new ConfigError([{ path: ['services', name, 'health', key], message }], { cause });
}

/** A TCP connection shows only that something listens. */
export function healthOptionsOf(health: HealthConfig): HealthOptions {
  return {
    intervalMs: health.intervalSeconds * 1000,
    timeoutMs: health.timeoutSeconds * 1000,
    failures: health.failures,
    provesCalls: health.probe !== 'tcp',
  };
}
