import type { Endpoint } from '../endpoint.ts';

/** The ports of a mock and what can be called there. */
export function describeContract(endpoints: readonly Endpoint[]): object {
  return {
    ports: endpoints.map(({ service, port, path, binding, operations }) => ({
      service: service.name,
      port: port.name,
      path,
      soapVersion: binding.soapVersion,
      operations: operations.map(({ id, input, output, faults, documentation = '' }) => ({
        id,
        style: `${input.body.kind === 'rpc' ? 'rpc' : 'document'}/${input.body.use}${output ? '' : ', one-way'}`,
        faults: faults.map(({ name }) => name),
        documentation,
      })),
    })),
  };
}
