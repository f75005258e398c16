import type { JsonValue, MockAnswer, MockHandlers } from '../../index.ts';
import type { Bank } from './core.ts';
import type { BankFault, Outcome } from './outcome.ts';
import type { BlockReason, Payment } from './state.ts';
import {
  toAccount,
  toAccountSummary,
  toCard,
  toCustomer,
  toFaultDetail,
  toPage,
  toTransaction,
  toTransfer,
} from './views.ts';

/** Inputs of the operations. The mock has checked them against the contracts before a handler sees them. */
interface ByCustomer {
  readonly customerId: string;
}
interface Paged {
  readonly cursor?: string;
  readonly limit?: number;
}
type ByAccount = ByCustomer & { readonly accountId: string };
type TransactionQuery = ByAccount & Paged & { readonly from?: string; readonly to?: string };
type TransferOrder = ByCustomer & {
  readonly payment: Payment;
  readonly '@header'?: { readonly requestHeader?: { readonly requestId?: string } };
};
type TransferSearch = ByCustomer & { readonly requestId: string };
type Notice = ByCustomer & { readonly transferId: string; readonly noticeId?: string };
type TransferQuery = ByCustomer & { readonly transferId: string };
type CardOrder = ByCustomer & { readonly cardId: string; readonly reason: BlockReason };

/** Puts the bank behind the mock of its three contracts. */
export function toMockHandlers(bank: Bank): MockHandlers {
  return {
    'CoreBanking.GetCustomer': on(({ customerId }: ByCustomer) =>
      answer(bank.getCustomer(customerId), (customer) => ({ customer: toCustomer(customer) })),
    ),
    'CoreBanking.ListAccounts': on(({ customerId, ...window }: ByCustomer & Paged) =>
      answer(bank.listAccounts(customerId, window), (page) => ({
        accounts: page.entries.map(toAccountSummary),
        page: toPage(page),
      })),
    ),
    'CoreBanking.GetAccount': on(({ customerId, accountId }: ByAccount) =>
      answer(bank.getAccount(customerId, accountId), (account) => ({ account: toAccount(account) })),
    ),
    'CoreBanking.ListTransactions': on(({ customerId, accountId, ...window }: TransactionQuery) =>
      answer(bank.listTransactions(customerId, accountId, window), (page) => ({
        transactions: page.entries.map(toTransaction),
        page: toPage(page),
      })),
    ),
    'Payments.CreateTransfer': on(({ customerId, payment, '@header': header }: TransferOrder) =>
      answer(bank.createTransfer(customerId, payment, header?.requestHeader?.requestId), (transfer) => ({
        transfer: toTransfer(transfer),
      })),
    ),
    'Payments.FindTransfer': on(({ customerId, requestId }: TransferSearch) =>
      answer(bank.findTransfer(customerId, requestId), (transfer) => ({ transfer: toTransfer(transfer) })),
    ),
    'Payments.NotifyBeneficiary': on(({ customerId, transferId, noticeId }: Notice) => {
      const outcome = bank.notify(customerId, transferId, noticeId);
      // One-way, so its contract declares no fault; what cannot be done is refused all the same (SOAP 1.1, 6.2).
      return outcome.kind === 'done' ? undefined : { fault: { reason: REASONS[outcome.fault.name] } };
    }),
    'Payments.GetTransfer': on(({ customerId, transferId }: TransferQuery) =>
      answer(bank.getTransfer(customerId, transferId), (transfer) => ({ transfer: toTransfer(transfer) })),
    ),
    'Cards.ListCards': on(({ customerId }: ByCustomer) => ({
      output: { cards: bank.listCards(customerId).map(toCard) },
    })),
    'Cards.BlockCard': on(({ customerId, cardId, reason }: CardOrder) =>
      answer(bank.blockCard(customerId, cardId, reason), (card) => ({ card: toCard(card) })),
    ),
  };
}

/** `never`: each handler names the type of its own input, which the contract vouches for. */
function on(run: (input: never) => MockAnswer | undefined): MockHandlers[string] {
  return ({ input }) => run(input as never);
}

function answer<Value>(outcome: Outcome<Value>, toOutput: (value: Value) => JsonValue): MockAnswer {
  return outcome.kind === 'done' ? { output: toOutput(outcome.value) } : { fault: toFault(outcome.fault) };
}

const REASONS: Readonly<Record<BankFault['name'], string>> = {
  CustomerNotFound: 'the customer is not known',
  AccountNotFound: 'the customer has no such account',
  CardNotFound: 'the customer has no such card',
  CardAlreadyBlocked: 'the card is blocked already',
  TransferNotFound: 'the customer ordered no such transfer',
  CurrencyMismatch: 'the account is kept in another currency',
  InsufficientFunds: 'the account does not cover the amount',
  InvalidCursor: 'the cursor belongs to no page of this list; begin again without one',
};

function toFault(fault: BankFault): Extract<MockAnswer, { fault: unknown }>['fault'] {
  const reason = REASONS[fault.name];
  return fault.name === 'InvalidCursor'
    ? { reason }
    : { name: fault.name, reason, value: toFaultDetail(fault) };
}
