import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createBank, type Bank } from '../../examples/bank/core.ts';
import { toMockHandlers } from '../../examples/bank/handlers.ts';
import { bankFolder } from '../../examples/bank/bank-folder.ts';
import { createInitialState } from '../../examples/bank/initial-state.ts';
import {
  compileCodec,
  compileContract,
  createMockServer,
  type JsonValue,
  type OperationCodec,
} from '../../index.ts';
import { join } from 'node:path';
import { Agent, request } from 'undici';

const SORT_CODE = '200415';

/** What a caller gets: the output, or the name of a fault. */
type Outcome = { readonly output: JsonValue } | { readonly fault: string } | 'accepted';

/** A bank that moves money in a list of numbers: the rules of the real one in their shortest form. */
interface Model {
  readonly accounts: Map<
    string,
    {
      owner: string;
      currency: string;
      iban: string;
      number: string;
      limit: bigint;
      balance: bigint;
      bookings: bigint[];
    }
  >;
  readonly transfers: { id: string; owner: string; requestId: string }[];
  readonly blocked: Map<string, string>;
}

export interface RealBank {
  readonly call: (service: string, operation: string, input: JsonValue) => Promise<Outcome>;
}

const CARDS: Readonly<Record<string, string>> = {
  'card-5001': 'anna',
  'card-5002': 'anna',
  'card-6001': 'ben',
};
const customers = fc.constantFrom('anna', 'ben', 'eve');
const initial = createInitialState();
const accountIds = fc.constantFrom(...initial.accounts.keys(), 'nowhere');

export function createModel(): Model {
  const accounts = Array.from(initial.accounts, ([id, account]) => {
    const { owner, currency, iban, accountNumber, overdraftLimit, balance, transactions } = account;
    const bookings = transactions.map(({ amount }) => amount);
    return [
      id,
      { owner, currency, iban, number: accountNumber, limit: overdraftLimit, balance, bookings },
    ] as const;
  });
  return { accounts: new Map(accounts), transfers: [], blocked: new Map() };
}

type Command = fc.AsyncCommand<Model, RealBank>;

/** A command that is always possible: what must not be done is refused, by the model as by the bank. */
function command(title: string, run: (model: Model, real: RealBank) => Promise<void>): Command {
  return { check: () => true, run, toString: () => title };
}

const getAccount = fc.tuple(customers, accountIds).map(([customerId, accountId]) =>
  command(`GetAccount(${customerId}, ${accountId})`, async (model, { call }) => {
    const found = model.accounts.get(accountId);
    const outcome = await call('CoreBanking', 'GetAccount', { customerId, accountId });
    if (found?.owner !== customerId) {
      assert.deepEqual(outcome, { fault: 'AccountNotFound' });
      return;
    }
    const { account } = outputOf(outcome) as { account: { balance: string; currency: string } };
    assert.deepEqual([account.balance, account.currency], [amountText(found.balance), found.currency]);
  }),
);

const listAccounts = customers.map((customerId) =>
  command(`ListAccounts(${customerId})`, async (model, { call }) => {
    const outcome = await call('CoreBanking', 'ListAccounts', { customerId });
    if (customerId === 'eve') {
      assert.deepEqual(outcome, { fault: 'CustomerNotFound' });
      return;
    }
    const own = [...model.accounts.values()].filter(({ owner }) => owner === customerId);
    const { accounts } = outputOf(outcome) as { accounts: { balance: string }[] };
    assert.deepEqual(
      accounts.map(({ balance }) => balance),
      own.map(({ balance }) => amountText(balance)),
    );
  }),
);

const listTransactions = fc
  .tuple(customers, accountIds, fc.integer({ min: 1, max: 20 }))
  .map(([customerId, accountId, limit]) =>
    command(`ListTransactions(${customerId}, ${accountId}, ${limit})`, async (model, { call }) => {
      const found = model.accounts.get(accountId);
      const outcome = await call('CoreBanking', 'ListTransactions', { customerId, accountId, limit });
      if (found?.owner !== customerId) {
        assert.deepEqual(outcome, { fault: 'AccountNotFound' });
        return;
      }
      const { transactions, page } = outputOf(outcome) as {
        transactions: { amount: string }[];
        page: { total: number };
      };
      const newest = found.bookings.toReversed().slice(0, limit).map(amountText);
      assert.deepEqual(
        [transactions.map(({ amount }) => amount), page.total],
        [newest, found.bookings.length],
      );
    }),
  );

type Creditor = (model: Model) => Record<string, string>;

const creditors: fc.Arbitrary<Creditor> = fc.oneof(
  fc
    .constantFrom(...initial.accounts.keys())
    .map((id): Creditor => ({ accounts }) => ({ name: 'By IBAN', iban: accounts.get(id)?.iban ?? '' })),
  fc.constantFrom(...initial.accounts.keys()).map((id): Creditor => ({ accounts }) => ({
    name: 'By number',
    sortCode: SORT_CODE,
    accountNumber: accounts.get(id)?.number ?? '',
  })),
  fc.constant((): Record<string, string> => ({ name: 'Elsewhere', iban: 'DE89370400440532013000' })),
  fc.constant((): Record<string, string> => ({
    name: 'Nobody',
    sortCode: SORT_CODE,
    accountNumber: '00000000',
  })),
);

const createTransfer = fc
  .record({
    customerId: customers,
    from: accountIds,
    type: fc.constantFrom('DomesticPayment', 'SepaPayment'),
    creditor: creditors,
    /** Negative: all that the account covers, and one thousandth beyond it. */
    amount: fc.oneof(
      { weight: 6, arbitrary: fc.bigInt({ min: 1n, max: 2_000_000n }) },
      fc.constantFrom(-1n, -2n),
    ),
    /** Mostly the account's own: else nearly all are refused. */
    currency: fc.option(fc.constantFrom('EUR', 'GBP', 'KWD'), { freq: 4 }),
    requestId: fc.stringMatching(/^[a-z]{8}$/),
  })
  .map(({ customerId, from, type, creditor, amount: drawn, currency, requestId }) =>
    command(
      `CreateTransfer(${customerId}, ${from}, ${type}, ${drawn}, ${currency ?? 'own currency'})`,
      async (model, { call }) => {
        const debtor = model.accounts.get(from);
        const covered = (debtor?.balance ?? 0n) + (debtor?.limit ?? 0n);
        const amount = drawn > 0n ? drawn : atLeastOne(covered - drawn - 1n);
        const paid = currency ?? debtor?.currency ?? 'EUR';
        const to = creditor(model);
        const payment = {
          '@type': type,
          debtorAccountId: from,
          creditor: to,
          amount: amountText(amount),
          currency: paid,
        };
        const header = { '@header': { requestHeader: { channel: 'MOBILE', requestId } } };
        const outcome = await call('Payments', 'CreateTransfer', { customerId, payment, ...header });
        const expected = transferIn(model, customerId, from, type, to, amount, paid);
        if (expected.kind === 'refused') {
          assert.deepEqual(outcome, { fault: expected.fault });
          return;
        }
        const { transfer } = outputOf(outcome) as { transfer: { transferId: string; status: string } };
        assert.equal(transfer.status, expected.status);
        model.transfers.push({ id: transfer.transferId, owner: customerId, requestId });
      },
    ),
  );

type Expected =
  { readonly kind: 'refused'; readonly fault: string } | { readonly kind: 'done'; readonly status: string };

function transferIn(
  model: Model,
  customerId: string,
  from: string,
  type: string,
  to: Record<string, string>,
  amount: bigint,
  currency: string,
): Expected {
  const refused = (fault: string): Expected => ({ kind: 'refused', fault });
  const debtor = model.accounts.get(from);
  if (debtor?.owner !== customerId) return refused('AccountNotFound');
  if (debtor.currency !== currency || (type === 'SepaPayment' && currency !== 'EUR'))
    return refused('CurrencyMismatch');
  const isElsewhere = to.name === 'Elsewhere';
  const creditor = [...model.accounts.values()].find(({ iban, number }) =>
    to.iban === undefined ? number === to.accountNumber : iban === to.iban,
  );
  if (!isElsewhere && creditor === undefined) return refused('AccountNotFound');
  if (creditor !== undefined && creditor.currency !== currency) return refused('CurrencyMismatch');
  if (debtor.balance + debtor.limit < amount) return refused('InsufficientFunds');
  debtor.balance -= amount;
  debtor.bookings.push(-amount);
  if (creditor === undefined) return { kind: 'done', status: 'sent' };
  creditor.balance += amount;
  creditor.bookings.push(amount);
  return { kind: 'done', status: 'completed' };
}

const getTransfer = fc.tuple(customers, fc.nat({ max: 5 })).map(([customerId, index]) =>
  command(`GetTransfer(${customerId}, ${index})`, async (model, { call }) => {
    const known = model.transfers[index];
    const outcome = await call('Payments', 'GetTransfer', {
      customerId,
      transferId: known?.id ?? 'trf-none',
    });
    if (known?.owner !== customerId) {
      assert.deepEqual(outcome, { fault: 'TransferNotFound' });
      return;
    }
    assert.equal((outputOf(outcome) as { transfer: { transferId: string } }).transfer.transferId, known.id);
  }),
);

const findTransfer = fc.tuple(customers, fc.nat({ max: 5 })).map(([customerId, index]) =>
  command(`FindTransfer(${customerId}, ${index})`, async (model, { call }) => {
    const requestId = model.transfers[index]?.requestId ?? 'unknown-request';
    const known = model.transfers.find((one) => one.owner === customerId && one.requestId === requestId);
    const outcome = await call('Payments', 'FindTransfer', { customerId, requestId });
    if (known === undefined) {
      assert.deepEqual(outcome, { fault: 'TransferNotFound' });
      return;
    }
    assert.equal((outputOf(outcome) as { transfer: { transferId: string } }).transfer.transferId, known.id);
  }),
);

const blockCard = fc
  .tuple(
    customers,
    fc.constantFrom(...Object.keys(CARDS), 'card-none'),
    fc.constantFrom('lost', 'stolen', 'fraud'),
  )
  .map(([customerId, cardId, reason]) =>
    command(`BlockCard(${customerId}, ${cardId}, ${reason})`, async (model, { call }) => {
      const outcome = await call('Cards', 'BlockCard', { customerId, cardId, reason });
      if (CARDS[cardId] !== customerId) {
        assert.deepEqual(outcome, { fault: 'CardNotFound' });
        return;
      }
      if (model.blocked.has(cardId)) {
        assert.deepEqual(outcome, { fault: 'CardAlreadyBlocked' });
        return;
      }
      model.blocked.set(cardId, reason);
      const { card } = outputOf(outcome) as { card: { status: string; blocking: { reason: string } } };
      assert.deepEqual([card.status, card.blocking.reason], ['blocked', reason]);
    }),
  );

const listCards = customers.map((customerId) =>
  command(`ListCards(${customerId})`, async (model, { call }) => {
    const { cards } = outputOf(await call('Cards', 'ListCards', { customerId })) as {
      cards: { cardId: string; blocking?: { reason: string } }[];
    };
    const own = Object.keys(CARDS).filter((cardId) => CARDS[cardId] === customerId);
    assert.deepEqual(
      cards.map(({ cardId, blocking }) => [cardId, blocking?.reason]),
      own.map((cardId) => [cardId, model.blocked.get(cardId)]),
    );
  }),
);

export const bankCommands: fc.Arbitrary<Iterable<Command>> = fc.commands(
  [
    createTransfer,
    createTransfer,
    createTransfer,
    getAccount,
    listAccounts,
    listTransactions,
    getTransfer,
    findTransfer,
    blockCard,
    listCards,
  ],
  { maxCommands: 25 },
);

export interface ModelledBank extends RealBank {
  /** A bank on its first morning, behind the same mock. */
  begin(): void;
  close(): Promise<void>;
}

const CONTRACTS: Readonly<Record<string, readonly [file: string, port: string]>> = {
  CoreBanking: ['core-banking.wsdl', 'CoreBankingSoap'],
  Payments: ['payments.wsdl', 'PaymentsSoap'],
  Cards: ['cards.wsdl', 'CardsSoap12'],
};

/** The example's mock, called over HTTP. */
export async function openModelledBank(): Promise<ModelledBank> {
  let bank = createBank();
  const current = new Proxy({} as Bank, { get: (_, name) => Reflect.get(bank, name) as unknown });
  const compiled = await Promise.all(
    Object.values(CONTRACTS).map(([file]) => compileContract(join(bankFolder, 'wsdl', file))),
  );
  const mock = await createMockServer({ wsdl: compiled, handlers: toMockHandlers(current) });
  const dispatcher = new Agent({ connections: 1 });
  const codecs = new Map<string, OperationCodec>();
  const codecOf = (service: string, operation: string): OperationCodec => {
    const key = `${service}.${operation}`;
    const contract = compiled[Object.keys(CONTRACTS).indexOf(service)]!.contract!;
    const codec =
      codecs.get(key) ?? compileCodec(contract, { service, port: CONTRACTS[service]![1], operation });
    codecs.set(key, codec);
    return codec;
  };
  return {
    begin: () => (bank = createBank()),
    async call(service, operation, input) {
      const codec = codecOf(service, operation);
      const { body } = await request(mock.endpointOf(service, CONTRACTS[service]![1]), {
        method: 'POST',
        dispatcher,
        headers: { 'content-type': codec.soapVersion === '1.1' ? 'text/xml' : 'application/soap+xml' },
        body: codec.input.encode(input),
      });
      return outcomeOf(codec, new Uint8Array(await body.arrayBuffer()));
    },
    async close() {
      await dispatcher.close();
      await mock.close();
    },
  };
}

function outcomeOf({ output }: OperationCodec, bytes: Uint8Array): Outcome {
  if (output === undefined) return 'accepted';
  const decoded = output.decode(bytes);
  return decoded.kind === 'message'
    ? { output: JSON.parse(Buffer.from(decoded.json).toString('utf8')) as JsonValue }
    : { fault: decoded.fault.detail?.name ?? decoded.fault.reason };
}

/** No payment is of nothing. */
function atLeastOne(amount: bigint): bigint {
  return amount < 1n ? 1n : amount;
}

function outputOf(outcome: Outcome): JsonValue {
  assert.ok(typeof outcome === 'object' && 'output' in outcome, JSON.stringify(outcome));
  return outcome.output;
}

function amountText(thousandths: bigint): string {
  const digits = (thousandths < 0n ? -thousandths : thousandths).toString().padStart(4, '0');
  return `${thousandths < 0n ? '-' : ''}${digits.slice(0, -3)}.${digits.slice(-3)}`;
}
