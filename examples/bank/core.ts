import { randomUUID } from 'node:crypto';
import { createInitialState } from './initial-state.ts';
import { done, refused, type Outcome } from './outcome.ts';
import { pageOf, type Page } from './page.ts';
import type {
  Account,
  BankState,
  BlockReason,
  Card,
  Customer,
  Payment,
  Transaction,
  Transfer,
} from './state.ts';
import { transfer } from './transfer.ts';

/** The core banking system of the example. What a customer does not own is, to them, not there. */
export interface Bank {
  getCustomer(customerId: string): Outcome<Customer>;
  listAccounts(customerId: string, window: Window): Outcome<Page<Account>>;
  getAccount(customerId: string, accountId: string): Outcome<Account>;
  /** The newest first. */
  listTransactions(
    customerId: string,
    accountId: string,
    window: Window & Period,
  ): Outcome<Page<Transaction>>;
  /** `requestId` finds the transfer again; that it comes twice is not looked at. */
  createTransfer(customerId: string, payment: Payment, requestId?: string): Outcome<Transfer>;
  findTransfer(customerId: string, requestId: string): Outcome<Transfer>;
  /** A notice with the same `noticeId` is sent once; only who ordered the transfer may have one sent. */
  notify(customerId: string, transferId: string, noticeId?: string): Outcome<Transfer>;
  getTransfer(customerId: string, transferId: string): Outcome<Transfer>;
  listCards(customerId: string): readonly Card[];
  blockCard(customerId: string, cardId: string, reason: BlockReason): Outcome<Card>;
}

interface Window {
  readonly cursor?: string;
  readonly limit?: number;
}

/** Booking days, both included, as xs:date. */
interface Period {
  readonly from?: string;
  readonly to?: string;
}

export interface BankOptions {
  readonly state?: BankState;
  readonly now?: () => Date;
}

export function createBank({ state = createInitialState(), now = () => new Date() }: BankOptions = {}): Bank {
  const getAccount = (customerId: string, accountId: string): Outcome<Account> => {
    const account = state.accounts.get(accountId);
    return account?.owner === customerId
      ? done(account)
      : refused({ name: 'AccountNotFound', accountId, role: 'subject' });
  };
  const getTransfer = (customerId: string, transferId: string): Outcome<Transfer> => {
    const found = state.transfers.get(transferId);
    return found?.owner === customerId ? done(found) : refused({ name: 'TransferNotFound', transferId });
  };
  return {
    getAccount,
    getTransfer,
    getCustomer(customerId) {
      const customer = state.customers.get(customerId);
      return customer ? done(customer) : refused({ name: 'CustomerNotFound', customerId });
    },
    listAccounts(customerId, window) {
      if (!state.customers.has(customerId)) return refused({ name: 'CustomerNotFound', customerId });
      return pageOf(ownedBy(state.accounts, customerId), ({ accountId }) => accountId, window);
    },
    listTransactions(customerId, accountId, { from, to, ...window }) {
      const found = getAccount(customerId, accountId);
      if (found.kind === 'refused') return found;
      const booked = found.value.transactions.filter(({ bookedAt }) => isWithin(bookedAt, from, to));
      return pageOf(booked.reverse(), ({ transactionId }) => transactionId, window);
    },
    createTransfer: (customerId, payment, requestId) =>
      transfer(state, customerId, payment, { at: now().toISOString(), requestId }),
    findTransfer(customerId, requestId) {
      const found = [...state.transfers.values()].find(
        (one) => one.owner === customerId && one.requestId === requestId,
      );
      return found ? done(found) : refused({ name: 'TransferNotFound' });
    },
    notify(customerId, transferId, noticeId = randomUUID()) {
      const found = getTransfer(customerId, transferId);
      const id = `${customerId} ${noticeId}`;
      if (found.kind === 'done' && !state.notices.has(id)) state.notices.set(id, transferId);
      return found;
    },
    listCards: (customerId) => ownedBy(state.cards, customerId),
    blockCard: (customerId, cardId, reason) =>
      block(state, customerId, cardId, { reason, blockedAt: now().toISOString() }),
  };
}

function ownedBy<Owned extends { readonly owner: string }>(
  all: ReadonlyMap<string, Owned>,
  customerId: string,
): Owned[] {
  return [...all.values()].filter(({ owner }) => owner === customerId);
}

const DATE_LENGTH = '2025-01-31'.length;

function isWithin(bookedAt: string, from?: string, to?: string): boolean {
  const day = bookedAt.slice(0, DATE_LENGTH);
  return (
    (from === undefined || day >= from.slice(0, DATE_LENGTH)) &&
    (to === undefined || day <= to.slice(0, DATE_LENGTH))
  );
}

function block(
  state: BankState,
  customerId: string,
  cardId: string,
  blocking: NonNullable<Card['blocking']>,
): Outcome<Card> {
  const card = state.cards.get(cardId);
  if (card?.owner !== customerId) return refused({ name: 'CardNotFound', cardId });
  if (card.blocking !== undefined)
    return refused({ name: 'CardAlreadyBlocked', cardId, blocking: card.blocking });
  card.blocking = blocking;
  return done(card);
}
