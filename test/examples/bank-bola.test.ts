import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { toIban } from '../../examples/bank/iban.ts';
import { openBank, type OpenBank } from './open-bank.ts';

const owned = {
  anna: { accounts: ['acc-1001', 'acc-1002', 'acc-1003'], cards: ['card-5001', 'card-5002'] },
  ben: { accounts: ['acc-2001', 'acc-2002'], cards: ['card-6001'] },
} as const;
type Customer = keyof typeof owned;
const other = { anna: 'ben', ben: 'anna' } as const;
/** What only answers about one of them can hold. */
const marks: Readonly<Record<Customer, RegExp>> = {
  anna: /Lindqvist|Everyday|Rainy days|Kuwait office|Harbour|1001000|4242|1881|940\.25/,
  ben: /Okafor|Workshop|"Tax"|Mill Lane|2001000|"0005"|4800/,
};

interface Attempt {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
}

const payment = (debtorAccountId: string): object => ({
  '@type': 'DomesticPayment',
  debtorAccountId,
  // One that exists and is another's, so that nothing but the debtor can be refused.
  creditor: { name: 'Someone', iban: toIban(debtorAccountId.startsWith('acc-1') ? '20010001' : '10010001') },
  amount: '1.00',
  currency: 'EUR',
});

/** By operationId: each way to name what is another's. `transferId` is a transfer of the victim's. */
const attempts: Readonly<Record<string, (victim: Customer, transferId: string) => readonly Attempt[]>> = {
  getCustomer: (victim) => smuggled('GET', '/v1/customers/me', victim),
  listAccounts: (victim) => smuggled('GET', '/v1/accounts', victim),
  listCards: (victim) => smuggled('GET', '/v1/cards', victim),
  getAccount: (victim) =>
    owned[victim].accounts.flatMap((id) => plainAndSmuggled('GET', `/v1/accounts/${id}`, victim)),
  listTransactions: (victim) =>
    owned[victim].accounts.flatMap((id) =>
      plainAndSmuggled('GET', `/v1/accounts/${id}/transactions`, victim),
    ),
  getTransfer: (victim, id) => plainAndSmuggled('GET', `/v1/transfers/${id}`, victim),
  notifyBeneficiary: (victim, id) =>
    plainAndSmuggled('POST', `/v1/transfers/${id}/notices`, victim, { email: 'a@b.example' }),
  createTransfer: (victim) =>
    owned[victim].accounts.flatMap((id) =>
      plainAndSmuggled('POST', '/v1/transfers', victim, { payment: payment(id) }),
    ),
  blockCard: (victim) =>
    owned[victim].cards.flatMap((id) =>
      plainAndSmuggled('POST', `/v1/cards/${id}/block`, victim, { reason: 'lost' }),
    ),
};

/** Whose operations and events are whose is tried in the tests of those. */
const PORTICOS_OWN = new Set(['getOperation', 'cancelOperation', 'streamEvents']);

/** The customer's name in places that the mapping takes no customer from. */
function smuggled(method: string, path: string, victim: Customer, body?: object): Attempt[] {
  const at = (name: string, change: Partial<Attempt>): Attempt => ({
    name: `${method} ${path} with ${name}`,
    method,
    path,
    ...(body && { body }),
    ...change,
  });
  return [
    at('customerId in the query', { path: `${path}?customerId=${victim}` }),
    at('sub in the query', { path: `${path}?sub=${victim}` }),
    ...(body ? [at('customerId in the body', { body: { ...body, customerId: victim } })] : []),
  ];
}

function plainAndSmuggled(method: string, path: string, victim: Customer, body?: object): Attempt[] {
  return [
    { name: `${method} ${path}`, method, path, ...(body && { body }) },
    ...smuggled(method, path, victim, body),
  ];
}

const cases = (['anna', 'ben'] as const).flatMap((thief) =>
  Object.entries(attempts).flatMap(([operationId, make]) =>
    make(other[thief], '').map((_, index) => ({ thief, operationId, index })),
  ),
);

describe(`${cases.length} attempts of one customer on what is another's, on every route of the bank`, () => {
  let bank: OpenBank;
  const tokens = {} as Record<Customer, string>;
  const transfers = {} as Record<Customer, string>;

  const call = async (who: Customer, { method, path, body }: Omit<Attempt, 'name'>): Promise<Response> =>
    fetch(bank.url + path, {
      method,
      headers: {
        authorization: `Bearer ${tokens[who]}`,
        'x-customer-id': other[who],
        ...(body !== undefined && { 'content-type': 'application/json', 'idempotency-key': randomUUID() }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  const picture = async (who: Customer): Promise<unknown> => [
    await (await call(who, { method: 'GET', path: '/v1/accounts' })).json(),
    await (await call(who, { method: 'GET', path: '/v1/cards' })).json(),
  ];

  before(async () => {
    bank = await openBank();
    for (const who of ['anna', 'ben'] as const) {
      tokens[who] = await bank.tokenFor(who);
      const order = { payment: payment(owned[who].accounts[0]) };
      const answer = await call(who, { method: 'POST', path: '/v1/transfers', body: order });
      const { transfer } = (await answer.json()) as { transfer: { transferId: string } };
      assert.equal(answer.status, 201);
      transfers[who] = transfer.transferId;
    }
  });
  after(() => bank.close());

  it('leave out no route', () => {
    const ids = Object.values(bank.facade.openApi.paths).flatMap((item) =>
      Object.values(item as Record<string, { operationId?: string }>).flatMap(
        ({ operationId }) => operationId ?? [],
      ),
    );
    const ofServices = ids.filter((id) => !PORTICOS_OWN.has(id));
    assert.deepEqual(Object.keys(attempts).sort(), ofServices.sort());
  });

  it('get no data and change no account, balance or card', async () => {
    const before = { anna: await picture('anna'), ben: await picture('ben') };
    let tried = 0;
    for (const { thief, operationId, index } of cases) {
      const victim = other[thief];
      const attempt = attempts[operationId]!(victim, transfers[victim])[index]!;
      const response = await call(thief, attempt);
      const text = await response.text();
      const what = `${thief}: ${attempt.name}: ${response.status} ${text}`;
      assert.doesNotMatch(text, marks[victim], what);
      // Of one's own, with another's name where nobody looks for it, or refused for that.
      // One-way: without a fault of its own to say so, the core refuses what is not the caller's.
      if (operationId === 'notifyBeneficiary') assert.ok([400, 422].includes(response.status), what);
      else if (['getCustomer', 'listAccounts', 'listCards'].includes(operationId))
        assert.ok([200, 400].includes(response.status), what);
      else assert.ok([400, 403, 404].includes(response.status), what);
      if (!attempt.name.includes(' with ') && operationId !== 'notifyBeneficiary')
        assert.ok([403, 404].includes(response.status), what);
      tried += 1;
    }
    assert.equal(tried, cases.length);
    assert.deepEqual({ anna: await picture('anna'), ben: await picture('ben') }, before);
    assert.equal(bank.state.notices.size, 0);
  });

  it('leave their owners all they may do with it', async () => {
    for (const who of ['anna', 'ben'] as const) {
      const path = `/v1/transfers/${transfers[who]}`;
      assert.equal((await call(who, { method: 'GET', path })).status, 200);
      const notice = { method: 'POST', path: `${path}/notices`, body: { email: 'a@b.example' } };
      assert.equal((await call(who, notice)).status, 202);
    }
    assert.deepEqual([...bank.state.notices.values()].sort(), Object.values(transfers).sort());
  });
});
