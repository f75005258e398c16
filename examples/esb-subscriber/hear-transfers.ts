// Hears every transfer that the bank has completed: an ESB subscriber with nothing but an AMQP client.
import { connect } from 'amqplib';

const connection = await connect(process.env['BUS_URL'] ?? 'amqp://127.0.0.1:5672');
const channel = await connection.createChannel();
// A queue of its own, which keeps what comes while nobody listens.
const { queue } = await channel.assertQueue('esb.transfers', { durable: true });
await channel.assertExchange('portico.events', 'topic', { durable: true });
await channel.bindQueue(queue, 'portico.events', 'transfer.completed');

await channel.consume(queue, (message) => {
  if (message === null) return;
  // CloudEvents 1.0. An event may come twice, and has the same id then.
  const { id, data } = JSON.parse(message.content.toString()) as {
    readonly id: string;
    readonly data: { readonly transfer: { readonly transferId: string } };
  };
  console.log(`event ${id}: transfer ${data.transfer.transferId}`);
  channel.ack(message);
});
console.log('listening');
process.once('SIGTERM', () => void connection.close());
