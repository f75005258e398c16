import { NAMESPACE } from './bank-wsdl.ts';

/** As Java's SOAP stacks write it: prefixes of their own, declared where they are first needed. */
export function envelope(operation: string, content: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><ns2:${operation} xmlns:ns2="${NAMESPACE}">${content}</ns2:${operation}></soap:Body></soap:Envelope>`;
}

export const accountReply: string = envelope(
  'GetAccountResponse',
  element('Account', [
    element('AccountId', 'acc-1001'),
    party('Owner', 'Anna Lindqvist', 0),
    element('Name', 'Everyday account'),
    element('Currency', 'EUR'),
    element('Balance', '1033.50'),
    element('Available', '1533.50'),
    element('OverdraftLimit', '500.00'),
    element('Status', 'open'),
    element('OpenedOn', '2011-04-18'),
    element('UpdatedAt', '2026-03-02T08:15:30.250Z'),
    element('Version', '4711'),
    element('Joint', 'false'),
  ]),
);

export const transferReply: string = envelope(
  'TransferResponse',
  element('TransferId', 'tr-90017') +
    element('ExecutedAt', '2026-03-02T08:15:30.250Z') +
    element('BalanceAfter', '933.50'),
);

/** About 460 bytes a row. */
export function transactionsReply(rows: number): string {
  const transactions = Array.from({ length: rows }, (_, index) => transaction(index));
  return envelope('ListTransactionsResponse', transactions.join(''));
}

function transaction(index: number): string {
  const day = String((index % 28) + 1).padStart(2, '0');
  return element('Transaction', [
    element('TransactionId', `tx-${1_000_000 + index}`),
    element('BookedAt', `2026-02-${day}T10:${String(index % 60).padStart(2, '0')}:07Z`),
    element('ValueDate', `2026-02-${day}`),
    element('Amount', `${index % 2 === 0 ? '-' : ''}${index % 900}.25`),
    element('Currency', 'EUR'),
    element('BalanceAfter', `${10_000 + index}.75`),
    party('Counterparty', index % 10 === 0 ? 'Fish &amp; Sons' : 'Ben Okafor', index),
    ...(index % 3 === 0 ? [element('Reference', `Invoice ${index}`)] : []),
    element('Pending', 'false'),
  ]);
}

function party(name: string, person: string, index: number): string {
  return element(name, [
    element('Name', person),
    element('Iban', `DE8937040044${String(532_013_000 + index).padStart(10, '0')}`),
  ]);
}

function element(name: string, content: string | readonly string[]): string {
  return `<ns2:${name}>${typeof content === 'string' ? content : content.join('')}</ns2:${name}>`;
}
