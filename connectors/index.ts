export * from './connector.ts';
export { createSoapHttpConnector, type SoapHttpOptions } from './soap-http/soap-http-connector.ts';
export {
  BusError,
  type BusErrorCode,
  type BusEvent,
  type EventBus,
  type EventHandler,
  type Subscription,
  type UndeliveredListener,
} from './bus/event-bus.ts';
export { createInProcessBus, type InProcessBusOptions } from './bus/in-process-bus.ts';
export { createAmqpBus, type AmqpBusOptions } from './amqp/amqp-bus.ts';
