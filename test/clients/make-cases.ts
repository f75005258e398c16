import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileCodec, sampleMessage, type Contract } from '../../wsdl/index.ts';
import type { ClientCase } from './case.ts';

/** A case for every operation that a client can begin, with a valid request beside it in `folder`. */
export function makeCases(
  contract: Contract,
  endpointOf: (service: string, port: string) => string,
  folder: string,
): ClientCase[] {
  const cases: ClientCase[] = [];
  for (const { name: service, ports } of contract.services)
    for (const { name: port, binding: key } of ports) {
      const { soapVersion, operations } = contract.bindings[key]!;
      for (const operation of operations) {
        if (operation.begunBy) continue;
        const id = cases.length;
        const codec = compileCodec(contract, { service, port, operation: operation.id });
        const envelope = join(folder, `${id}.xml`);
        writeFileSync(envelope, codec.input.encode(sampleMessage(contract, operation.input, { seed: 1 })));
        cases.push({
          id,
          service,
          port,
          binding: key.slice(key.lastIndexOf('}') + 1),
          operation: operation.name,
          soapVersion,
          style: `${operation.input.body.kind === 'rpc' ? 'rpc' : 'document'}/${operation.input.body.use}`,
          endpoint: `${endpointOf(service, port)}?case=${id}`,
          envelope,
        });
      }
    }
  return cases;
}
