import { inferMapping, planRoutes, type Route } from '../openapi/index.ts';
import {
  compileContract,
  formatDiagnostic,
  type Binding,
  type Contract,
  type Diagnostic,
  type Operation,
  type Service,
} from '../wsdl/index.ts';
import { expectPositionals, type Command } from './command.ts';
import {
  lenientAdvice,
  serviceNameOf,
  sourceHelp,
  sourceOptions,
  toCompileOptions,
} from './contract-source.ts';

export const inspectCommand: Command = {
  name: 'inspect',
  usage: '<wsdl> [--json]',
  summary: 'services, operations, styles, routes and diagnostics of a WSDL',
  help: `  --json                the same as JSON\n${sourceHelp}`,
  options: { json: { type: 'boolean' }, ...sourceOptions },
  async run(input) {
    const [uri] = expectPositionals(input, ['wsdl']) as [string];
    const { contract, diagnostics } = await compileContract(uri, toCompileOptions(input));
    const report = toReport(uri, contract, diagnostics);
    if (input.flags.has('json')) console.log(JSON.stringify(report, null, 2));
    else printReport(report, diagnostics);
    return diagnostics.some((diagnostic) => diagnostic.severity === 'error') ? 1 : 0;
  },
};

interface Report {
  readonly wsdl: string;
  readonly name?: string;
  readonly services: readonly ServiceReport[];
  readonly diagnostics: readonly Diagnostic[];
}

interface ServiceReport {
  readonly name: string;
  readonly ports: readonly PortReport[];
}

interface PortReport {
  readonly name: string;
  readonly address?: string;
  readonly soapVersion: string;
  readonly operations: readonly OperationReport[];
}

interface OperationReport {
  readonly name: string;
  readonly style: string;
  readonly soapAction: string;
  readonly isOneWay: boolean;
  /** Missing where another port of the same portType carries the route. */
  readonly route?: { readonly method: string; readonly path: string };
  readonly faults: readonly { readonly name: string; readonly status?: number }[];
}

function toReport(uri: string, contract: Contract | undefined, diagnostics: readonly Diagnostic[]): Report {
  if (contract === undefined) return { wsdl: uri, services: [], diagnostics };
  const service = serviceNameOf(uri);
  const { routes } = planRoutes(contract, { service, mapping: inferMapping(contract, service) });
  return {
    wsdl: uri,
    name: contract.name,
    services: contract.services.map((one) => toServiceReport(contract, one, routes)),
    diagnostics,
  };
}

function toServiceReport(contract: Contract, service: Service, routes: readonly Route[]): ServiceReport {
  const ports = service.ports.map((port) => {
    const binding = contract.bindings[port.binding] as Binding;
    const own = routes.filter((route) => route.wsdlService === service.name && route.port === port.name);
    return {
      name: port.name,
      ...(port.address !== undefined && { address: port.address }),
      soapVersion: binding.soapVersion,
      operations: binding.operations.map((operation) => toOperationReport(operation, own)),
    };
  });
  return { name: service.name, ports };
}

function toOperationReport(operation: Operation, routes: readonly Route[]): OperationReport {
  const route = routes.find((candidate) => candidate.operation === operation.id);
  return {
    name: operation.id,
    style: `${operation.style}/${operation.input.body.use}`,
    soapAction: operation.soapAction,
    isOneWay: operation.output === undefined,
    ...(route && { route: { method: route.method, path: route.path } }),
    faults: operation.faults.map((fault) => {
      const status = route?.faults.find((candidate) => candidate.name === fault.name)?.status;
      return { name: fault.name, ...(status !== undefined && { status }) };
    }),
  };
}

function printReport(report: Report, diagnostics: readonly Diagnostic[]): void {
  for (const service of report.services) {
    console.log(`service ${service.name}`);
    for (const port of service.ports) printPort(port);
  }
  for (const diagnostic of diagnostics) console.error(formatDiagnostic(diagnostic));
  for (const line of lenientAdvice(diagnostics)) console.error(line);
}

function printPort(port: PortReport): void {
  console.log(`  port ${port.name}  SOAP ${port.soapVersion}  ${port.address ?? '(no address)'}`);
  for (const operation of port.operations) {
    const route = operation.route
      ? `${operation.route.method} ${operation.route.path}`
      : '(routed through another port)';
    const oneWay = operation.isOneWay ? ', one-way' : '';
    console.log(`    ${operation.name}  ${operation.style}${oneWay}  ${route}`);
    for (const fault of operation.faults) console.log(`      fault ${fault.name} -> ${fault.status ?? '?'}`);
  }
}
