import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bankFolder } from '../../examples/bank/bank-folder.ts';
import { createInitialState } from '../../examples/bank/initial-state.ts';
import { createMockBank } from '../../examples/bank/mock-bank-server.ts';
import type { BankState } from '../../examples/bank/state.ts';
import {
  createDevelopmentToken,
  createFacade,
  formatConfigProblem,
  loadConfig,
  type Facade,
  type MockServer,
} from '../../index.ts';

const SCOPES = [
  'accounts:read',
  'transfers:write',
  'transfers:read',
  'cards:read',
  'cards:write',
  'customers:read',
];

/** The bank example with its own state, on free ports. */
export interface OpenBank {
  readonly url: string;
  readonly facade: Facade;
  readonly mock: MockServer;
  readonly state: BankState;
  tokenFor(subject: string, scopes?: readonly string[]): Promise<string>;
  close(): Promise<void>;
}

/** `coreUrl`: where the facade is to call in place of the mock, given where that is. */
export async function openBank(
  coreUrl: (mockUrl: string) => string | Promise<string> = (url) => url,
): Promise<OpenBank> {
  const folder = await mkdtemp(join(tmpdir(), 'portico-bank-'));
  await cp(bankFolder, folder, { recursive: true, filter: (source) => !source.includes('.portico') });
  const state = createInitialState();
  const mock = await createMockBank({ state });
  const { config, problems } = await loadConfig(join(folder, 'portico.yaml'), {
    PORT: '0',
    MOCK_URL: await coreUrl(mock.url),
  });
  if (config === undefined)
    throw new Error(problems.map((problem) => formatConfigProblem(problem)).join('\n'));
  const facade = await createFacade({
    config: { ...config, log: { ...config.log, level: 'silent' } },
    configDir: folder,
  });
  const { port } = await facade.listen();
  return {
    url: `http://127.0.0.1:${port}`,
    facade,
    mock,
    state,
    tokenFor: (subject, scopes = SCOPES) => createDevelopmentToken({ configDir: folder, subject, scopes }),
    async close() {
      await facade.close();
      await mock.close();
      await rm(folder, { recursive: true });
    },
  };
}
