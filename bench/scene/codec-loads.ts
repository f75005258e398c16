import { accountReply, transactionsReply } from './bank-messages.ts';

/** A message to be translated without anything around it. */
export interface CodecLoad {
  readonly name: string;
  readonly operation: string;
  readonly xml: string;
  /** Whether it is also encoded. */
  readonly encodes: boolean;
}

const rows = transactionsReply(100);

export const codecLoads: readonly CodecLoad[] = [
  { name: 'account', operation: 'GetAccount', xml: accountReply, encodes: true },
  { name: '100 rows', operation: 'ListTransactions', xml: rows, encodes: true },
  {
    name: '100 rows, pretty-printed',
    operation: 'ListTransactions',
    xml: rows.replaceAll('><', '>\n    <'),
    encodes: false,
  },
  {
    name: '100 rows, with a header that changes',
    operation: 'ListTransactions',
    xml: rows.replace('<soap:Body>', `${header('uuid:4f1c')}<soap:Body>`),
    encodes: false,
  },
  {
    name: '100 rows, many references',
    operation: 'ListTransactions',
    xml: rows.replaceAll('Ben Okafor', 'Fish &amp; &quot;Sons&quot; &lt;Ltd&gt; &#8212; R&#xE9;union'),
    encodes: false,
  },
  { name: '10,000 rows', operation: 'ListTransactions', xml: transactionsReply(10_000), encodes: true },
];

function header(messageId: string): string {
  return `<soap:Header><wsa:MessageID xmlns:wsa="http://www.w3.org/2005/08/addressing">${messageId}</wsa:MessageID></soap:Header>`;
}
