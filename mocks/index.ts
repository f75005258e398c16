export { createMockServer } from './mock-server.ts';
export type { MockServer, MockServerOptions, MockSource } from './mock-server.ts';
export type { MockAnswer, MockFault, MockHandler, MockHandlers, MockRequest } from './handlers.ts';
export type { MockCall } from './journal/mock-call.ts';
