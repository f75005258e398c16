import { createAmqpMessageBus } from '../../../connectors/amqp/amqp-message-bus.ts';
import { startRabbitMq, type RabbitMq } from '../../services/rabbitmq.ts';
import { behavesAsMessageBus } from './behaves-as-message-bus.ts';

describe('RabbitMQ message bus', function () {
  this.timeout(90_000);
  let broker: RabbitMq;

  before(async function () {
    const started = await startRabbitMq();
    if (typeof started !== 'string') broker = started;
    else {
      console.warn(`skipped: ${started}`);
      this.skip();
    }
  });
  after(() => (broker as RabbitMq | undefined)?.stop());

  behavesAsMessageBus((topology, observer) =>
    createAmqpMessageBus({ urls: [broker.url], topology, ...(observer && { observer }) }),
  );
});
