export { createFacade, type Facade, type FacadeOptions } from './create-facade.ts';
export { describeBusOf, describeFacade, type DescribeOptions } from './describe-facade.ts';
export { loadConfig, parseConfig, type LoadedConfig } from './config/load-config.ts';
export {
  ConfigError,
  formatConfigProblem,
  type ConfigProblem,
  type ProblemAt,
} from './config/config-problem.ts';
export type { PorticoConfig, ServiceConfig } from './config/config.ts';
export { wsdlSourceOf, type WsdlSource } from './operations/wsdl-source.ts';
export { porticoSchema, type ConfigSchema } from './config/portico-schema.ts';
export { createDevelopmentToken, type DevelopmentTokenOptions } from './http/auth/development-key.ts';
export { parseBody, type ParsedBody } from './http/input/parse-body.ts';
export { ProblemError } from './http/problem.ts';
export type { HttpHandler } from './http/operation-handler.ts';
export { openWebhooksDesk, type WebhooksDesk } from './events/webhooks/webhooks-desk.ts';
export type { DeliveryState, ShownDelivery } from './commands/inbox-store.ts';
export { openOperationsDesk, type OperationsDesk } from './deferred/people.ts';
export { CommandStoreError } from './commands/command-store.ts';
export type { DeferredRecord, DeferredState } from './commands/deferred-store.ts';
export { openDeadLetters, type DeadLetter, type DeadLetters, type Selection } from './bus/dead-letters.ts';
export { describeLetter, lineOf } from './bus/show-letter.ts';
export { routesOfQueue } from './bus/routes-of-queue.ts';
