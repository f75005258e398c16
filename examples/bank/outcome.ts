import type { Blocking, Currency } from './state.ts';
import type { Thousandths } from './money.ts';

/** What came of a request: a fault is a result, not an exception. */
export type Outcome<Value> =
  { readonly kind: 'done'; readonly value: Value } | { readonly kind: 'refused'; readonly fault: BankFault };

type Role = 'subject' | 'debtor' | 'creditor';

/** Why the bank refused; each is a declared fault of its contract, but for `InvalidCursor`, which none declares. */
export type BankFault =
  | { readonly name: 'CustomerNotFound'; readonly customerId: string }
  | { readonly name: 'AccountNotFound'; readonly accountId?: string; readonly role: Role }
  | { readonly name: 'CardNotFound'; readonly cardId: string }
  | { readonly name: 'CardAlreadyBlocked'; readonly cardId: string; readonly blocking: Blocking }
  | { readonly name: 'TransferNotFound'; readonly transferId?: string }
  | {
      readonly name: 'CurrencyMismatch';
      readonly expected: Currency;
      readonly requested: Currency;
      readonly role: Role;
    }
  | {
      readonly name: 'InsufficientFunds';
      readonly available: Thousandths;
      readonly requested: Thousandths;
      readonly currency: Currency;
    }
  | { readonly name: 'InvalidCursor' };

export function done<Value>(value: Value): Outcome<Value> {
  return { kind: 'done', value };
}

export function refused(fault: BankFault): { readonly kind: 'refused'; readonly fault: BankFault } {
  return { kind: 'refused', fault };
}
