import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import {
  createDevelopmentToken,
  createFacade,
  formatConfigProblem,
  loadConfig,
  type Facade,
  type MockServer,
} from '../../index.ts';
import { bankFolder } from './bank-folder.ts';
import { toIban } from './iban.ts';
import { createMockBank } from './mock-bank-server.ts';
import { mockPortOf, startFailure } from './ports.ts';

const TOKEN_SECONDS = 12 * 3600;
const SCOPES = [
  'accounts:read',
  'transfers:write',
  'transfers:read',
  'cards:read',
  'cards:write',
  'customers:read',
];

/** What `npm start` runs: the mock bank on MOCK_PORT (8081), and the API before it on PORT (8080). */
async function start(): Promise<void> {
  const mock = await createMockBank({ port: mockPortOf(process.env) });
  try {
    const facade = await startFacade(mock);
    stopOnSignal(facade.facade, mock);
    const token = await createDevelopmentToken({
      configDir: bankFolder,
      subject: 'anna',
      scopes: SCOPES,
      expiresInSeconds: TOKEN_SECONDS,
    });
    console.log(greeting(`http://127.0.0.1:${facade.port}`, token, mock.url));
  } catch (error) {
    await mock.close();
    throw error;
  }
}

async function startFacade(mock: MockServer): Promise<{ readonly facade: Facade; readonly port: number }> {
  const { config, problems, problemAt } = await loadConfig(join(bankFolder, 'portico.yaml'), {
    MOCK_URL: mock.url,
    ...process.env,
  });
  if (config === undefined)
    throw new Error(problems.map((problem) => formatConfigProblem(problem)).join('\n'));
  const facade = await createFacade({ config, configDir: bankFolder, ...(problemAt && { problemAt }) });
  try {
    const { port } = await facade.listen();
    return { facade, port };
  } catch (error) {
    await facade.close();
    throw error;
  }
}

/** Ends the process once all that runs has ended; a second signal ends it at once. */
function stopOnSignal(facade: Facade, mock: MockServer): void {
  const stop = async (): Promise<void> => {
    await facade.close();
    await mock.close();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop());
}

function greeting(url: string, token: string, mockUrl: string): string {
  const authorization = `-H "Authorization: Bearer ${token}"`;
  const payment = {
    '@type': 'DomesticPayment',
    debtorAccountId: 'acc-1001',
    creditor: { name: 'Ben Okafor', iban: toIban('20010001') },
    amount: '10.005',
    currency: 'EUR',
    reference: 'Thank you',
  };
  const body = `-H "Content-Type: application/json" -d '${JSON.stringify({ payment })}'`;
  return `
The bank is open. API docs: ${url}/docs   SOAP mocks: ${mockUrl}

A token for the customer "anna", who owns acc-1001, acc-1002 and acc-1003:
${token}

One of her accounts:
curl ${authorization} ${url}/v1/accounts/acc-1001

A transfer of 10.005 EUR to "ben":
curl -X POST ${authorization} -H "Idempotency-Key: ${randomUUID()}" ${body} ${url}/v1/transfers
The same line once more gets the same answer, and moves nothing.
`;
}

try {
  await start();
} catch (error) {
  console.error(startFailure(error));
  process.exitCode = 1;
}
