import { accountReply, envelope, transactionsReply, transferReply } from './bank-messages.ts';
import { NAMESPACE } from './bank-wsdl.ts';
import type { Load } from './load.ts';

const TRANSLATORS = [
  'pass-through',
  'pass-through-request',
  'portico',
  'express-fast-xml-parser',
  'express-node-soap',
  'express-strong-soap',
];
const ACCOUNTS = Array.from({ length: 64 }, (_, index) => `acc-${1000 + index}`);

/** Everything that the routes of `bankConfig` are asked. */
export const bankLoads: readonly Load[] = [
  read('account', 'one account, 0.9 KB', accountReply),
  rows('rows-100', 100, [1, 50]),
  rows('rows-10000', 10_000, [1, 4]),
  // Ten times as much, for what memory it takes.
  { ...rows('rows-100000', 100_000, [4]), contenders: ['pass-through', 'portico'] },
  {
    name: 'transfer',
    title: 'a transfer (write)',
    operation: 'Transfer',
    action: `${NAMESPACE}/Transfer`,
    method: 'POST',
    paths: ['/v1/transfers'],
    body: JSON.stringify({
      from: 'acc-1001',
      to: { name: 'Ben Okafor', iban: 'DE89370400440532013000' },
      amount: '100.00',
      currency: 'EUR',
      reference: 'Thank you',
    }),
    envelope: envelope(
      'Transfer',
      '<ns2:CustomerId>anna</ns2:CustomerId><ns2:From>acc-1001</ns2:From><ns2:To><ns2:Name>Ben Okafor</ns2:Name><ns2:Iban>DE89370400440532013000</ns2:Iban></ns2:To><ns2:Amount>100.00</ns2:Amount><ns2:Currency>EUR</ns2:Currency><ns2:Reference>Thank you</ns2:Reference>',
    ),
    soapInput: {
      CustomerId: 'anna',
      From: 'acc-1001',
      To: { Name: 'Ben Okafor', Iban: 'DE89370400440532013000' },
      Amount: '100.00',
      Currency: 'EUR',
      Reference: 'Thank you',
    },
    reply: transferReply,
    connections: [1, 50],
    reference: 'pass-through',
    contenders: TRANSLATORS,
  },
  {
    ...read('cached', 'one account, cached', accountReply),
    paths: ACCOUNTS.map((id) => `/v1/cached/${id}`),
    reference: 'node-hello',
    contenders: ['node-hello', 'express-hello', 'portico'],
  },
];

function read(name: string, title: string, reply: string): Load {
  return {
    name,
    title,
    operation: 'GetAccount',
    action: `${NAMESPACE}/GetAccount`,
    method: 'GET',
    paths: ACCOUNTS.map((id) => `/v1/accounts/${id}`),
    envelope: envelope(
      'GetAccount',
      '<ns2:CustomerId>anna</ns2:CustomerId><ns2:AccountId>acc-1001</ns2:AccountId>',
    ),
    soapInput: { CustomerId: 'anna', AccountId: 'acc-1001' },
    reply,
    connections: [1, 50],
    reference: 'pass-through',
    contenders: TRANSLATORS,
  };
}

/** A list of any length; used for the growth of memory too. */
export function rows(name: string, count: number, connections: readonly number[]): Load {
  const reply = transactionsReply(count);
  return {
    ...read(
      name,
      `${count.toLocaleString('en')} rows, ${Math.round(reply.length / 1000).toLocaleString('en')} KB`,
      reply,
    ),
    operation: 'ListTransactions',
    action: `${NAMESPACE}/ListTransactions`,
    paths: ACCOUNTS.map((id) => `/v1/accounts/${id}/transactions?limit=${count}`),
    envelope: envelope(
      'ListTransactions',
      `<ns2:CustomerId>anna</ns2:CustomerId><ns2:AccountId>acc-1001</ns2:AccountId><ns2:Limit>${count}</ns2:Limit>`,
    ),
    soapInput: { CustomerId: 'anna', AccountId: 'acc-1001', Limit: count },
    connections,
  };
}
