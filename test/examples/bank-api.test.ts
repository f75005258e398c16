import assert from 'node:assert/strict';
import { toIban } from '../../examples/bank/iban.ts';
import { parseAmount } from '../../examples/bank/money.ts';
import { openBank, type OpenBank } from './open-bank.ts';

interface Answer {
  readonly status: number;
  readonly type: string | null;
  readonly json: unknown;
}

/** What stands at a dotted path of an answer; `*` stands for every entry of an array. */
function at(json: unknown, path: string): unknown {
  const [head, ...rest] = path.split('.');
  if (head === '' || json === undefined) return json;
  if (head === '*') return (json as unknown[]).map((entry) => at(entry, rest.join('.')));
  return at((json as Record<string, unknown>)[head!], rest.join('.'));
}

describe('the bank as a REST API', () => {
  let bank: OpenBank;
  let anna: string;
  let ben: string;

  before(async () => {
    bank = await openBank();
    anna = await bank.tokenFor('anna');
    ben = await bank.tokenFor('ben');
  });

  after(() => bank.close());

  async function call(method: string, path: string, token?: string, body?: unknown): Promise<Answer> {
    const response = await fetch(bank.url + path, {
      method,
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      type: response.headers.get('content-type'),
      json: text === '' ? undefined : (JSON.parse(text) as unknown),
    };
  }

  async function balanceOf(token: string, accountId: string): Promise<bigint> {
    return parseAmount(
      String(at((await call('GET', `/v1/accounts/${accountId}`, token)).json, 'account.balance')),
    );
  }

  const payment = {
    '@type': 'DomesticPayment',
    debtorAccountId: 'acc-1001',
    creditor: { name: 'Ben Okafor', iban: toIban('20010001') },
    amount: '10.005',
    currency: 'EUR',
    reference: 'Thank you',
  };

  it('answers 200 with the account of the token’s subject', async () => {
    const { status, json } = await call('GET', '/v1/accounts/acc-1001', anna);
    assert.equal(status, 200);
    assert.equal(at(json, 'account.accountId'), 'acc-1001');
    assert.equal(at(json, 'account.iban'), toIban('10010001'));
    assert.equal(at(json, 'account.closedOn'), null);
  });

  it('answers 401 without a token, 403 without the scope, 404 for the account of somebody else', async () => {
    const answers = [
      await call('GET', '/v1/accounts/acc-1001'),
      await call('GET', '/v1/accounts/acc-1001', await bank.tokenFor('anna', ['cards:read'])),
      await call('GET', '/v1/accounts/acc-2001', anna),
    ];
    assert.deepEqual(
      answers.map(({ status }) => status),
      [401, 403, 404],
    );
    for (const { type, json, status } of answers) {
      assert.match(type ?? '', /^application\/problem\+json/);
      assert.equal(at(json, 'status'), status);
    }
    assert.deepEqual(at(answers[2]?.json, 'fault'), { accountId: 'acc-2001', role: 'subject' });
  });

  it('lists accounts, cards and the customer', async () => {
    const accounts = await call('GET', '/v1/accounts', anna);
    assert.deepEqual(at(accounts.json, 'accounts.*.accountId'), ['acc-1001', 'acc-1002', 'acc-1003']);
    const cards = await call('GET', '/v1/cards', ben);
    assert.deepEqual(at(cards.json, 'cards.*.cardId'), ['card-6001']);
    const customer = await call('GET', '/v1/customers/me', ben);
    assert.equal(at(customer.json, 'customer.lastName'), 'Okafor');
    assert.deepEqual(at(customer.json, 'customer.phone'), []);
  });

  it('lists transactions of a period page by page, by the links of its answers', async () => {
    const path = '/v1/accounts/acc-1001/transactions?from=2025-02-01&to=2025-02-28&limit=3';
    const open = (url: string, token: string): Promise<Response> =>
      fetch(url, { headers: { Authorization: `Bearer ${token}` } });
    const first = await open(bank.url + path, anna);
    const page: unknown = await first.json();
    assert.deepEqual([at(page, 'transactions.length'), at(page, 'page.total')], [3, 4]);
    const links = first.headers.get('link') ?? '';
    assert.match(links, /^<\?from=2025-02-01&to=2025-02-28&limit=3>; rel="first", <[^>]+>; rel="next"$/);
    const next = new URL(/, <([^>]+)>; rel="next"/.exec(links)![1]!, first.url).href;
    const second = await open(next, anna);
    assert.deepEqual(at(await second.json(), 'transactions.*.amount'), ['-86.400']);
    assert.doesNotMatch(second.headers.get('link') ?? '', /next/);
    const cursor = new URL(next).searchParams.get('cursor')!;
    for (const [elsewhere, token] of [
      [next, ben],
      [next.replace('acc-1001', 'acc-1002'), anna],
      [next.replace('to=2025-02-28', 'to=2025-12-31'), anna],
      [next.replace(cursor, String(at(page, 'page.nextCursor'))), anna],
    ] as const)
      assert.equal((await open(elsewhere, token)).status, 400, elsewhere);
  });

  it('moves exactly "10.005" and shows the transfer afterwards', async () => {
    const before = [await balanceOf(anna, 'acc-1001'), await balanceOf(ben, 'acc-2001')] as const;
    const { status, json } = await call('POST', '/v1/transfers', anna, { payment });
    assert.equal(status, 201);
    assert.equal(at(json, 'transfer.status'), 'completed');
    assert.deepEqual(at(json, 'transfer.payment'), payment);
    assert.equal(await balanceOf(anna, 'acc-1001'), before[0] - 10_005n);
    assert.equal(await balanceOf(ben, 'acc-2001'), before[1] + 10_005n);
    const path = `/v1/transfers/${String(at(json, 'transfer.transferId'))}`;
    assert.deepEqual((await call('GET', path, anna)).json, json);
    assert.equal((await call('GET', path, ben)).status, 404);
    assert.equal((await call('POST', `${path}/notices`, anna, { email: 'ben@mail.example' })).status, 202);
  });

  it('takes the other derivation and the other way to name a creditor', async () => {
    const sepa = {
      payment: {
        ...payment,
        '@type': 'SepaPayment',
        creditor: { name: 'Erika Mustermann', iban: 'DE89370400440532013000' },
        endToEndId: 'INV-17',
      },
    };
    assert.equal(at((await call('POST', '/v1/transfers', anna, sepa)).json, 'transfer.status'), 'sent');
    const byNumber = {
      payment: { ...payment, creditor: { name: 'Ben', sortCode: '200415', accountNumber: '20010001' } },
    };
    assert.equal((await call('POST', '/v1/transfers', anna, byNumber)).status, 201);
  });

  it('answers an overdraft with 422 and the typed detail of the declared fault', async () => {
    const { status, json } = await call('POST', '/v1/transfers', anna, {
      payment: { ...payment, debtorAccountId: 'acc-1002', amount: '99999.999' },
    });
    assert.equal(status, 422);
    assert.deepEqual(at(json, 'fault'), { available: '12500.500', requested: '99999.999', currency: 'EUR' });
    assert.equal(at(json, 'code'), 'insufficient-funds');
  });

  it('answers a currency that is not the account’s with 422', async () => {
    const { status, json } = await call('POST', '/v1/transfers', anna, {
      payment: { ...payment, currency: 'GBP' },
    });
    assert.equal(status, 422);
    assert.deepEqual(at(json, 'fault'), { expected: 'EUR', requested: 'GBP', role: 'debtor' });
  });

  it('names an unknown member, a wrong enum and a missing member in one 400', async () => {
    const rest = { ...payment, amount: undefined };
    const { status, json } = await call('POST', '/v1/transfers', anna, {
      payment: { ...rest, currency: 'XXX', colour: 'red' },
    });
    assert.equal(status, 400);
    const found = (at(json, 'errors') as { pointer: string; code: string }[])
      .map(({ pointer, code }) => `${pointer} ${code}`)
      .sort();
    assert.deepEqual(found, [
      '/payment/amount required',
      '/payment/colour unknown-member',
      '/payment/currency enumeration',
    ]);
  });

  it('refuses a body that says whose money it is', async () => {
    const { status, json } = await call('POST', '/v1/transfers', anna, { customerId: 'ben', payment });
    assert.equal(status, 400);
    assert.match(JSON.stringify(json), /"\/customerId"/);
  });

  it('blocks a card once', async () => {
    const first = await call('POST', '/v1/cards/card-5001/block', anna, { reason: 'lost' });
    assert.deepEqual([first.status, at(first.json, 'card.status')], [200, 'blocked']);
    const second = await call('POST', '/v1/cards/card-5001/block', anna, { reason: 'lost' });
    assert.equal(second.status, 409);
    assert.equal(at(second.json, 'fault.blocking.reason'), 'lost');
    assert.equal((await call('POST', '/v1/cards/card-6001/block', anna, { reason: 'lost' })).status, 404);
  });
});
