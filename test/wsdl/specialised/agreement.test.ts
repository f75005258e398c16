import assert from 'node:assert/strict';
import { join } from 'node:path';
import fc from 'fast-check';
import {
  compileCodec,
  loadContract,
  sampleMessage,
  type Contract,
  type MessageCodec,
} from '../../../wsdl/index.ts';
import { decodeByBoth, decodeInChunks } from './both-decoders.ts';

const WSDLS = join(import.meta.dirname, '../../../examples/bank/wsdl');

interface Message {
  readonly codec: MessageCodec;
  readonly xml: string;
}

/** A sample of every message of a contract. */
function messagesOf(contract: Contract): Message[] {
  return Object.values(contract.bindings).flatMap(({ operations }) =>
    operations.flatMap((operation) => {
      const codecs = compileCodec(contract, { operation: operation.name });
      return (['input', 'output'] as const).flatMap((direction) => {
        const message = operation[direction];
        const codec = codecs[direction];
        if (message === undefined || codec === undefined) return [];
        return [{ codec, xml: Buffer.from(codec.encode(sampleMessage(contract, message))).toString() }];
      });
    }),
  );
}

/** What a change of the bytes inserts: pieces that mean something to a parser. */
const PIECE = fc.oneof(
  fc.constantFrom(
    ' ',
    '\n',
    '\r\n',
    '\t',
    '/>',
    '>',
    '<',
    '</',
    '&amp;',
    '&lt;',
    '&#65;',
    '&#x41;',
    '&#13;',
    '&x;',
    '"',
    "'",
    ']]>',
    '<!-- c -->',
    '<![CDATA[x]]>',
    '<?pi x?>',
    ' xmlns="urn:x"',
    ' xmlns:q="urn:q"',
    ' xsi:nil="true"',
    ' a="b"',
    '\u0000',
    'é',
    '\uFFFF',
    '€',
    '0',
    '-',
    '+',
    '.',
    'e5',
    'Z',
    '24:00:00',
  ),
  fc.uint8Array({ minLength: 1, maxLength: 3 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
);

describe('the specialised and the general decoder', function () {
  let messages: Message[];

  before(async () => {
    const names = ['core-banking', 'payments', 'cards'];
    const contracts = await Promise.all(names.map((name) => loadContract(join(WSDLS, `${name}.wsdl`))));
    messages = contracts.flatMap(messagesOf);
  });

  it('say the same of every sample of the bank, however it is laid out', () => {
    for (const { codec, xml } of messages) {
      const json = decodeByBoth(codec, Buffer.from(xml));
      assert.ok(json.startsWith('{'), json);
      for (const layout of [pretty, otherPrefixes])
        assert.equal(decodeByBoth(codec, Buffer.from(layout(xml))), json);
    }
  });

  it('say the same of a message cut off at any byte', () => {
    for (const { codec, xml } of messages.slice(0, 4)) {
      const bytes = Buffer.from(xml);
      for (let end = 0; end < bytes.length; end++) decodeByBoth(codec, bytes.subarray(0, end));
    }
  });

  it('say the same of messages that are changed anywhere, in chunks of any size', () => {
    const change = fc.record({ at: fc.nat(), remove: fc.nat({ max: 4 }), piece: PIECE });
    const property = fc.property(
      fc.nat(),
      fc.array(change, { minLength: 1, maxLength: 3 }),
      fc.integer({ min: 1, max: 400 }),
      (which, changes, size) => {
        const { codec, xml } = messages[which % messages.length]!;
        let bytes = Buffer.from(xml);
        for (const { at, remove, piece } of changes) {
          const from = at % bytes.length;
          bytes = Buffer.concat([bytes.subarray(0, from), Buffer.from(piece), bytes.subarray(from + remove)]);
        }
        assert.equal(decodeInChunks(codec, bytes, size), decodeByBoth(codec, bytes));
      },
    );
    fc.assert(property, { numRuns: 3_000, interruptAfterTimeLimit: 10_000 });
  });
});

function pretty(xml: string): string {
  return xml.replaceAll('><', '>\r\n  <');
}

function otherPrefixes(xml: string): string {
  return xml.replace(/(<\/?|xmlns:|[\s"])(tns|soap|n\d+)(?=[:=])/g, '$1x-$2');
}
