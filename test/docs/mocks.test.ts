import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { bankFolder } from '../../examples/bank/bank-folder.ts';
import {
  compileCodec,
  compileContract,
  createMockServer,
  type CompiledContract,
  type JsonValue,
  type MockServer,
} from '../../index.ts';
import { ADMIN_ROUTES } from '../../mocks/admin/routes.ts';
import { FUNCTION_NAMES } from '../../mocks/scenario/expression/functions.ts';
import { WIRE_FAULT_KINDS } from '../../mocks/scenario/read/read-wire.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const run = promisify(execFile);

describe('docs/mocks.md', function () {
  this.timeout(60_000);
  const page = readFileSync(join(root, 'docs/mocks.md'), 'utf8');
  const blocks = (kind: string): string[] =>
    [...page.matchAll(/^```([a-z]+)\n([\s\S]*?)^```$/gm)]
      .filter(([, found]) => found === kind)
      .map(([, , body = '']) => body);
  let contracts: CompiledContract[];

  before(async () => {
    const files = ['core-banking.wsdl', 'payments.wsdl', 'cards.wsdl'];
    contracts = await Promise.all(files.map((file) => compileContract(join(bankFolder, 'wsdl', file))));
  });

  async function withBlock(index: number, use: (mock: MockServer) => Promise<void>): Promise<void> {
    const scenarios = parse(blocks('yaml')[index] ?? '') as Record<string, unknown>;
    const mock = await createMockServer({ wsdl: contracts, scenarios });
    try {
      await use(mock);
    } finally {
      await mock.close();
    }
  }

  /** The output of a call, or the name or reason of its fault. */
  async function call(
    mock: MockServer,
    service: string,
    port: string,
    operation: string,
    input: JsonValue,
  ): Promise<unknown> {
    const contract = contracts
      .map((one) => one.contract!)
      .find(({ services }) => services[0]?.name === service)!;
    const codec = compileCodec(contract, { service, port, operation });
    const response = await fetch(mock.endpointOf(service, port), {
      method: 'POST',
      headers: { 'content-type': codec.soapVersion === '1.1' ? 'text/xml' : 'application/soap+xml' },
      body: Uint8Array.from(codec.input.encode(input)),
    });
    const decoded = codec.output!.decode(new Uint8Array(await response.arrayBuffer()));
    if (decoded.kind === 'fault') return decoded.fault.detail?.name ?? decoded.fault.reason;
    return JSON.parse(Buffer.from(decoded.json).toString('utf8')) as unknown;
  }

  it('shows scenarios that fit the contracts of the bank', async () => {
    assert.ok(blocks('yaml').length >= 3);
    for (const index of blocks('yaml').keys()) await withBlock(index, async () => undefined);
  });

  it('shows a fault that comes', () =>
    withBlock(0, async (mock) => {
      const asked = { customerId: 'anna', accountId: 'nowhere' };
      assert.equal(
        await call(mock, 'CoreBanking', 'CoreBankingSoap', 'GetAccount', asked),
        'AccountNotFound',
      );
    }));

  it('shows a bank whose money moves, to the last thousandth', () =>
    withBlock(1, async (mock) => {
      const transfer = (amount: string, reference = 'x'): Promise<unknown> =>
        call(mock, 'Payments', 'PaymentsSoap', 'CreateTransfer', {
          customerId: 'anna',
          payment: {
            '@type': 'SepaPayment',
            debtorAccountId: 'acc-1',
            creditor: { name: 'Ben', iban: 'DE89370400440532013000' },
            amount,
            currency: 'EUR',
            reference,
          },
        });
      const made = (await transfer('99.995')) as { transfer: { transferId: string } };
      assert.equal(made.transfer.transferId, 'trf-00000001');
      assert.equal((mock.state.record('accounts', 'acc-1') as { balance: string }).balance, '0.005');
      assert.equal(await transfer('0.006'), 'InsufficientFunds');
      const asked = { customerId: 'anna', transferId: 'trf-00000001' };
      const found = (await call(mock, 'Payments', 'PaymentsSoap', 'GetTransfer', asked)) as {
        transfer: { payment: { amount: string } };
      };
      assert.equal(found.transfer.payment.amount, '99.995');
    }));

  it('shows library code that runs', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'portico-'));
    const path = join(folder, 'shown.ts');
    const code = blocks('ts')[0] ?? assert.fail('no ts block');
    writeFileSync(path, code.replace("'portico'", `'${pathToFileURL(join(root, 'index.ts')).href}'`));
    const { stdout } = await run(process.execPath, [path], { cwd: root });
    assert.match(stdout, /^0 \{/);
    rmSync(folder, { recursive: true });
  });

  it('names every function, every wire fault and every path of the admin API', () => {
    const missing = [
      ...FUNCTION_NAMES.filter((name) => !new RegExp(`\`${name}[(\`]`).test(page)),
      ...WIRE_FAULT_KINDS.filter((kind) => !page.includes(`\`${kind}\``)),
      ...ADMIN_ROUTES.filter(({ method, path }) => {
        const pattern = `\`${method} ${path}\``.replaceAll('{}', '{[a-z]+}');
        return !new RegExp(pattern.replaceAll('/', '\\/')).test(page);
      }).map(({ method, path }) => `${method} ${path}`),
    ];
    assert.deepEqual(missing, []);
  });
});
