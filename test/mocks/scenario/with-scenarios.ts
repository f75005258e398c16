import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileContract, type CompiledContract } from '../../../wsdl/index.ts';
import {
  createMockServer,
  ScenarioError,
  type MockServer,
  type MockServerOptions,
} from '../../../mocks/index.ts';
import { ADDER, GREETER, withDocuments } from '../contracts.ts';
import { postBody, type PostedSoap } from '../soap-client.ts';

let compiled: Promise<readonly CompiledContract[]> | undefined;

/** The contracts of these tests, compiled once. */
function contracts(): Promise<readonly CompiledContract[]> {
  return (compiled ??= withDocuments({ ...GREETER, 'adder.wsdl': ADDER }, (folder) =>
    Promise.all(['greeter.wsdl', 'adder.wsdl'].map((file) => compileContract(join(folder, file)))),
  ));
}

/** A mock with the scenarios of a YAML text, which stands in a file `scenarios.yaml`. */
export async function withScenarios(
  yaml: string,
  use: (mock: MockServer) => Promise<void>,
  options: Partial<MockServerOptions> = {},
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'portico-scenarios-'));
  try {
    const file = join(folder, 'scenarios.yaml');
    await writeFile(file, yaml);
    const mock = await createMockServer({ wsdl: await contracts(), scenarios: file, ...options });
    try {
      await use(mock);
    } finally {
      await mock.close();
    }
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** What is wrong with scenarios: `line:column message`, without the file. */
export async function problemsOf(yaml: string): Promise<string[]> {
  try {
    await withScenarios(yaml, async () => undefined);
    return [];
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    return error.problems.map(({ line, column, message }) => `${line}:${column} ${message}`);
  }
}

export function greet(
  mock: MockServer,
  name: string,
  headers: Record<string, string> = {},
  times = '',
): Promise<PostedSoap> {
  const body = `<Greet xmlns="urn:greeter"><Name>${name}</Name>${times}</Greet>`;
  return postBody(mock.endpointOf('Greeter', 'Greeter11'), '1.1', body, headers);
}

/** The lines of a greeting, or the reason of a fault. */
export function saidBy({ text }: PostedSoap): string {
  const lines = [...text.matchAll(/<[\w:]*Line>([^<]*)</g)].map(([, line]) => line).join('|');
  return lines || (/<faultstring[^>]*>([^<]*)</.exec(text)?.[1] ?? text);
}
