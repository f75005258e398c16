export { createMockServer } from './mock-server.ts';
export type { MockServer, MockServerOptions } from './mock-server.ts';
export type { MockSource } from './mocked-contract.ts';
export type { MockAnswer, MockFault, MockHandler, MockHandlers, MockRequest } from './handlers.ts';
export type { MockCall } from './journal/mock-call.ts';
export { ScenarioError, type ScenarioProblem } from './scenario/source/problem.ts';
export { VerificationError } from './control/verify.ts';
