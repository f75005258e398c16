import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { createDevelopmentToken, createFacade, formatConfigProblem, loadConfig } from '../../facade/index.ts';
import { createMockServer } from '../../mocks/index.ts';
import { inferMapping, planRoutes } from '../../openapi/index.ts';
import {
  compileContract,
  formatDiagnostic,
  sampleMessage,
  type Contract,
  type Operation,
} from '../../wsdl/index.ts';
import { callRoute } from './call-route.ts';

export interface OperationOutcome {
  readonly operation: string;
  readonly route: string;
  readonly status: number;
  /** The answer, where the status is not 2xx. */
  readonly problem?: string;
}

/** Imports nothing by hand: WSDL -> mock and facade -> every routed operation called over REST with a sample. */
export async function serveAll(wsdl: string, seed = 1): Promise<readonly OperationOutcome[]> {
  const { contract, diagnostics } = await compileContract(wsdl);
  if (contract === undefined) throw new Error(diagnostics.map(formatDiagnostic).join('\n'));
  const configDir = mkdtempSync(join(tmpdir(), 'portico-'));
  const mock = await createMockServer({ wsdl, seed });
  try {
    const { routes } = planRoutes(contract, { service: 'estate', mapping: inferMapping(contract, 'estate') });
    const [first] = routes;
    if (first === undefined) return [];
    const facade = await startFacade(configDir, wsdl, mock.endpointOf(first.wsdlService, first.port));
    try {
      const token = await createDevelopmentToken({ configDir, subject: 'estate', scopes: [] });
      const outcomes: OperationOutcome[] = [];
      for (const route of routes) {
        const operation = operationOf(contract, route.wsdlService, route.port, route.operation);
        const input = sampleMessage(contract, operation.input, { seed });
        const { status, body } = await callRoute(facade.url, token, route, input);
        const isSuccess = status >= 200 && status < 300;
        outcomes.push({
          operation: route.operation,
          route: `${route.method} ${route.path}`,
          status,
          ...(!isSuccess && { problem: body }),
        });
      }
      return outcomes;
    } finally {
      await facade.close();
    }
  } finally {
    await mock.close();
    rmSync(configDir, { recursive: true });
  }
}

async function startFacade(
  configDir: string,
  wsdl: string,
  endpoint: string,
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const path = join(configDir, 'portico.yaml');
  const settings = {
    server: { host: '127.0.0.1' },
    auth: { development: true },
    rateLimit: { requests: 1_000_000, windowSeconds: 60 },
    log: { level: 'silent' },
    services: { estate: { wsdl, endpoint, timeoutSeconds: 20 } },
  };
  writeFileSync(path, stringify(settings));
  const { config, problems } = await loadConfig(path, {});
  if (config === undefined)
    throw new Error(problems.map((problem) => formatConfigProblem(problem)).join('\n'));
  const facade = await createFacade({ config, configDir });
  const { port } = await facade.listen(0);
  return { url: `http://127.0.0.1:${port}`, close: () => facade.close() };
}

function operationOf(contract: Contract, service: string, port: string, id: string): Operation {
  const binding =
    contract.services.find((one) => one.name === service)?.ports.find((one) => one.name === port)?.binding ??
    '';
  const found = contract.bindings[binding]?.operations.find((operation) => operation.id === id);
  if (found === undefined) throw new Error(`no operation ${service}/${port}/${id}`);
  return found;
}
