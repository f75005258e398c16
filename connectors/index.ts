export * from './connector.ts';
export { createSoapHttpConnector, shownUrl, type SoapHttpOptions } from './soap-http/soap-http-connector.ts';
export type { ConnectionOptions, TlsOptions } from './soap-http/create-dispatcher.ts';
export { createResilientConnector, type ResilientOptions } from './resilience/resilient-connector.ts';
export type {
  BulkheadOptions,
  CircuitBreakerOptions,
  FailoverStrategy,
  ResilienceOptions,
  RetryOptions,
} from './resilience/resilience-options.ts';
export type { ResilienceObserver } from './resilience/resilience-observer.ts';
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
