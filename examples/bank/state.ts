import type { Thousandths } from './money.ts';

/** What the bank keeps. Only `core.ts` changes it. */
export interface BankState {
  readonly customers: ReadonlyMap<string, Customer>;
  readonly accounts: ReadonlyMap<string, Account>;
  readonly cards: ReadonlyMap<string, Card>;
  readonly transfers: Map<string, Transfer>;
  /** Transfers that creditors were told of, by customer and notice. */
  readonly notices: Map<string, string>;
  /** Sent to other banks and not yet settled, by currency. With it, transfers neither make nor lose money. */
  readonly clearing: Map<Currency, Thousandths>;
}

export type Currency = 'EUR' | 'GBP' | 'KWD';

export interface Customer {
  readonly customerId: string;
  readonly segment: 'retail' | 'private' | 'business';
  readonly firstName: string;
  readonly lastName: string;
  readonly birthDate: string;
  readonly email: string | null;
  readonly phone: readonly { readonly value: string; readonly use: 'mobile' | 'home' | 'work' }[];
  readonly address: Address;
  readonly customerSince: string;
}

interface Address {
  readonly line: readonly string[];
  readonly postalCode: string;
  readonly city: string;
  readonly country: string;
}

export interface Account {
  readonly accountId: string;
  readonly owner: string;
  readonly kind: 'current' | 'savings' | 'currency';
  readonly name: string;
  readonly currency: Currency;
  readonly accountNumber: string;
  readonly iban: string;
  readonly overdraftLimit: Thousandths;
  readonly openedOn: string;
  balance: Thousandths;
  /** Oldest first. The balance is the sum of their amounts. */
  readonly transactions: Transaction[];
}

export interface Transaction {
  readonly transactionId: string;
  readonly kind: 'opening' | 'transfer' | 'salary' | 'card';
  /** xs:dateTime in UTC. */
  readonly bookedAt: string;
  readonly amount: Thousandths;
  readonly balanceAfter: Thousandths;
  readonly counterpartyName?: string;
  readonly reference: string | null;
  readonly transferId?: string;
}

export interface Card {
  readonly cardId: string;
  readonly owner: string;
  readonly accountId: string;
  readonly lastFourDigits: string;
  readonly expires: string;
  blocking?: Blocking;
}

export interface Blocking {
  readonly blockedAt: string;
  readonly reason: BlockReason;
}

export type BlockReason = 'lost' | 'stolen' | 'damaged' | 'fraud';

/** A payment as it was ordered, in the shape that the payments contract gives its JSON. */
export interface Payment {
  readonly '@type': 'DomesticPayment' | 'SepaPayment';
  readonly debtorAccountId: string;
  readonly creditor: Creditor;
  /** xs:decimal, kept as it was written. */
  readonly amount: string;
  readonly currency: Currency;
  readonly reference?: string;
  readonly speed?: 'standard' | 'instant';
  readonly endToEndId?: string;
  readonly chargeBearer?: 'SLEV' | 'SHAR';
}

/** By `iban`, or by `sortCode` and `accountNumber`. */
export interface Creditor {
  readonly name: string;
  readonly iban?: string;
  readonly sortCode?: string;
  readonly accountNumber?: string;
}

export interface Transfer {
  readonly transferId: string;
  readonly owner: string;
  readonly status: 'completed' | 'sent';
  readonly createdAt: string;
  readonly payment: Payment;
  /** Of the request that ordered it. */
  readonly requestId?: string;
}
