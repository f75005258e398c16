// Orders a transfer to the IBAN of its argument over the bus, and prints the reply. TOKEN: the one that `npm start` prints.
import { randomUUID } from 'node:crypto';
import { connect } from 'amqplib';

const connection = await connect(process.env['BUS_URL'] ?? 'amqp://127.0.0.1:5672');
const channel = await connection.createConfirmChannel();
const replies = await channel.assertQueue('', { exclusive: true });
// A new id for a new command, and the same one when it is sent again: then it is not carried out again.
const messageId = randomUUID();

await channel.consume(replies.queue, (message) => {
  if (message === null) return;
  console.log(message.properties.headers?.['status'], message.content.toString());
  channel.ack(message);
  void connection.close();
});
const command = {
  payment: {
    '@type': 'DomesticPayment',
    debtorAccountId: 'acc-1001',
    creditor: { name: 'Ben Okafor', iban: process.argv[2] ?? '' },
    amount: '12.50',
    currency: 'EUR',
  },
};
channel.sendToQueue('bank.commands', Buffer.from(JSON.stringify(command)), {
  type: 'createTransfer',
  contentType: 'application/json',
  persistent: true,
  messageId,
  correlationId: messageId,
  replyTo: replies.queue,
  headers: { authorization: `Bearer ${process.env['TOKEN'] ?? ''}` },
});
await channel.waitForConfirms();
