import { createMockBank } from './mock-bank-server.ts';
import { mockPortOf, startFailure } from './ports.ts';

/** The mock bank alone: `MOCK_PORT` (8081) and `MOCK_HOST` (127.0.0.1) say where. */
try {
  const host = process.env.MOCK_HOST ?? '127.0.0.1';
  const mock = await createMockBank({ port: mockPortOf(process.env), host });
  console.log(`The mock bank listens at ${mock.url}`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void mock.close());
} catch (error) {
  console.error(startFailure(error));
  process.exitCode = 1;
}
