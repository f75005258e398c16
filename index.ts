/** The library: what `import ... from 'portico'` gives. */
export {
  compileCodec,
  compileContract,
  ContractError,
  DecodeError,
  formatDiagnostic,
  loadContract,
  sampleElement,
  sampleMessage,
  ValueError,
} from './wsdl/index.ts';
export type {
  CompiledContract,
  CompileOptions,
  Contract,
  Diagnostic,
  JsonValue,
  MessageCodec,
  MessageDecoder,
  OperationCodec,
  SoapFault,
  ValueFault,
} from './wsdl/index.ts';
export { inferMapping, planRoutes, toOpenApi, toTypeScript } from './openapi/index.ts';
export type { OpenApiDocument, Route, RouteMapping } from './openapi/index.ts';
export {
  createAmqpBus,
  createAmqpMessageBus,
  createInProcessBus,
  createInProcessMessageBus,
  createSoapHttpConnector,
} from './connectors/index.ts';
export type {
  BusEvent,
  Connector,
  EventBus,
  MessageBus,
  SoapReply,
  SoapRequest,
} from './connectors/index.ts';
export { createMockServer, ScenarioError, VerificationError } from './mocks/index.ts';
export type { MockAnswer, MockCall, MockHandlers, MockServer, ScenarioProblem } from './mocks/index.ts';
export { createDevelopmentToken, createFacade, formatConfigProblem, loadConfig } from './facade/index.ts';
export type { Facade, FacadeOptions, PorticoConfig } from './facade/index.ts';
