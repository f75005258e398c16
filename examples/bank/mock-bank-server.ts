import { join } from 'node:path';
import { createMockServer, type MockServer } from '../../index.ts';
import { bankFolder } from './bank-folder.ts';
import { createBank, type BankOptions } from './core.ts';
import { toMockHandlers } from './handlers.ts';

const CONTRACTS = ['core-banking.wsdl', 'payments.wsdl', 'cards.wsdl'];

export interface MockBankOptions extends BankOptions {
  readonly port?: number;
  readonly host?: string;
}

/** The bank's three SOAP services on one port, with money that really moves. */
export function createMockBank({
  port = 0,
  host = '127.0.0.1',
  ...bank
}: MockBankOptions = {}): Promise<MockServer> {
  const wsdl = CONTRACTS.map((file) => join(bankFolder, 'wsdl', file));
  return createMockServer({ wsdl, port, host, handlers: toMockHandlers(createBank(bank)) });
}
