export * from './connector.ts';
export type { CallerSignal } from './caller-signal.ts';
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
export type { HealthOptions, HealthProbe } from './resilience/health-watch.ts';
export type { ResilienceObserver } from './resilience/resilience-observer.ts';
export { BusError, type BusErrorCode } from './bus/bus-error.ts';
export type { BusEvent, EventBus, EventHandler, Subscription, UndeliveredListener } from './bus/event-bus.ts';
export {
  deadQueueOf,
  retryQueueOf,
  type BusTopology,
  type QueueBinding,
  type QueueTopology,
} from './bus/bus-topology.ts';
export {
  ACK,
  type Death,
  type Delivery,
  type MessageHeaders,
  type MessageProperties,
  type Publication,
  type PublishOutcome,
  type Settlement,
} from './bus/message.ts';
export type {
  BusObserver,
  BusState,
  ConsumeOptions,
  Consumer,
  ConsumeSource,
  DeliveryHandler,
  MessageBus,
  OwnQueue,
} from './bus/message-bus.ts';
export {
  CLOUD_EVENT_CONTENT_TYPE,
  decodeCloudEvent,
  encodeCloudEvent,
  EVENT_SOURCE,
  isExtensionName,
} from './bus/cloud-event.ts';
export { matchesTopic } from './bus/topic-pattern.ts';
export { createInProcessMessageBus, type InProcessMessageBusOptions } from './bus/in-process-message-bus.ts';
export { createEventBus, type EventBusOptions } from './bus/message-event-bus.ts';
export { headersAnew, withoutHistory } from './bus/attempts.ts';
export { createInProcessBus, type InProcessBusOptions } from './bus/in-process-bus.ts';
export { createAmqpMessageBus, type AmqpMessageBusOptions } from './amqp/amqp-message-bus.ts';
export { createAmqpBus, type AmqpBusOptions } from './amqp/amqp-bus.ts';
export {
  createSoapAmqpConnector,
  shownQueue,
  type SoapAmqpOptions,
} from './soap-amqp/soap-amqp-connector.ts';
export type { SoapQueue } from './soap-amqp/to-publication.ts';
export { createSecuredConnector, type SecuredConnectorOptions } from './ws-security/secured-connector.ts';
export type { AddressingOptions, SecurityHeaderOptions } from './ws-security/message-security.ts';
export type { SignatureOptions } from './ws-security/signature.ts';
export type { UsernameOptions } from './ws-security/username-token.ts';
export type { SignedPart, VerifiedPart } from './ws-security/header-block.ts';
export {
  faultOfKey,
  type DigestAlgorithmName,
  type SignatureAlgorithmName,
} from './ws-security/algorithms.ts';
export { isXmlText } from './ws-security/xml-text.ts';
export type { AddressingVersion } from './ws-addressing/addressing-headers.ts';
export type { VerifyOptions } from './ws-security/verify/verify-options.ts';
export { faultOfTrusted } from './ws-security/verify/trusted-certificates.ts';
