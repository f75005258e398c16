import assert from 'node:assert/strict';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { Parser, type Diagnostic } from '@asyncapi/parser';
import { bankFolder } from '../../../examples/bank/bank-folder.ts';
import { describeBusOf, loadConfig } from '../../../facade/index.ts';
import { planRoutes, toAsyncApi, type AsyncApiDocument, type CommandQueue } from '../../../openapi/index.ts';
import { bankContract, bankMapping } from '../bank-surface.ts';

/** Spectral's DiagnosticSeverity, whose enumeration is no export of the parser. */
const ERROR: number = 0;
const BY_TOKEN = { queue: 'bank.commands', identity: 'token' } as const;
const BY_QUEUE = { queue: 'batch.commands', identity: 'queue' } as const;

async function faultsOf(document: AsyncApiDocument): Promise<string[]> {
  const { diagnostics } = await new Parser().parse(JSON.stringify(document));
  return diagnostics
    .filter(({ severity }: Diagnostic) => (severity as number) === ERROR)
    .map(({ path, message }: Diagnostic) => `${path.join('/')}: ${message}`);
}

function documentOf(queues: readonly Omit<CommandQueue, 'routes'>[] = [BY_TOKEN]): AsyncApiDocument {
  const mapping = bankMapping.map((row) =>
    row.operation === 'Transfer' ? { ...row, publish: { event: 'transfer.completed' } } : row,
  );
  const { routes } = planRoutes(bankContract, { service: 'bank', mapping });
  return toAsyncApi([{ name: 'bank', contract: bankContract, routes }], {
    title: 'Bank',
    version: '1.0.0',
    exchange: 'portico.events',
    server: { protocol: 'amqps', host: 'broker.example:5671', pathname: '/bank' },
    queues: queues.map((queue) => ({ ...queue, routes })),
  });
}

describe('the AsyncAPI document', function () {
  this.timeout(60_000);

  it('of commands, replies and events has no error for its own parser', async () => {
    assert.deepEqual(await faultsOf(documentOf()), []);
  });

  it('is judged by a parser that finds a broken reference', async () => {
    const document = documentOf();
    document.operations['transfer']!.messages = [{ $ref: '#/channels/nowhere/messages/transfer' }];
    assert.notDeepEqual(await faultsOf(document), []);
  });

  it('of the whole bank has no error, and shows neither user nor password of the broker', async () => {
    const { config } = await loadConfig(join(bankFolder, 'portico.yaml'), {
      BUS_URL: 'amqp://portico:very-secret@broker:5672/bank',
    });
    const document = await describeBusOf({ config: config!, configDir: bankFolder });
    assert.deepEqual(await faultsOf(document), []);
    assert.doesNotMatch(JSON.stringify(document), /very-secret|portico:/);
    assert.equal(document.servers?.['bus']?.host, 'broker:5672');
    assert.ok(document.channels['transfer.completed']);
  });

  it('has a command in JSON without what Portico itself sets, and in XML', () => {
    const { components, operations, channels } = documentOf();
    const { payload } = components.messages['transfer-JSON']!;
    assert.deepEqual(Object.keys(payload.properties ?? {}), ['payment', 'note', '@header']);
    const xml = components.messages['transfer-XML']!;
    assert.equal(xml.contentType, 'text/xml');
    assert.match(xml.payload.description!, /\}TransferRequest`|\}Transfer/);
    assert.equal(channels['bank.commands']?.address, 'bank.commands');
    assert.equal(operations['transfer']?.action, 'receive');
    assert.match(operations['transfer'].description ?? '', /transfers:write/);
  });

  it('replies in the form that came, or with a problem, to where reply-to says', () => {
    const { operations, channels } = documentOf();
    const { reply } = operations['transfer']!;
    assert.equal(reply?.address.location, '$message.header#/replyTo');
    const { address, messages } = channels['transfer.replies']!;
    assert.equal(address, null);
    assert.deepEqual(Object.keys(messages), [
      'transfer-answer-in-JSON',
      'transfer-answer-in-XML',
      'transfer-problem',
      'transfer-SOAP-Fault',
    ]);
  });

  it('answers a one-way command with nothing but a problem', () => {
    const { channels } = documentOf();
    assert.deepEqual(Object.keys(channels['notify.replies']!.messages), [
      'notify-problem',
      'notify-SOAP-Fault',
    ]);
  });

  it('asks for a message id where a command must not be done twice, and for a token where one is needed', () => {
    const { components } = documentOf();
    assert.deepEqual(components.messages['transfer-JSON']?.headers.required, ['messageId', 'authorization']);
    assert.deepEqual(components.messages['getTransactions-JSON']?.headers.required, ['authorization']);
    const open = documentOf([BY_QUEUE]);
    assert.deepEqual(open.components.messages['transfer-JSON']?.headers.required, ['messageId']);
    assert.equal(open.operations['transfer']?.security, undefined);
    assert.deepEqual(Object.keys(open.components.securitySchemes), ['broker']);
  });

  it('has schemas that a validator of draft 7 can put to work', () => {
    const { components } = documentOf();
    const ajv = new Ajv({ strict: false });
    const validate = ajv.compile({ ...components.messages['transfer-JSON']!.payload, components });
    assert.equal(validate({ payment: { '@type': 'Sepa', amount: '1.00', iban: 'X' } }), true);
    assert.equal(validate({ payment: { amount: '1.00' } }), false);
  });

  it('tells the same operation apart where it is taken from two queues', async () => {
    const document = documentOf([BY_TOKEN, BY_QUEUE]);
    assert.deepEqual(await faultsOf(document), []);
    assert.deepEqual(Object.keys(document.operations), [
      'getTransactions',
      'transfer',
      'notify',
      'getTransactions2',
      'transfer2',
      'notify2',
      'publish.transfer.completed',
    ]);
  });
});
