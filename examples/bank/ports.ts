const MOCK_PORT = 8081;

/** MOCK_PORT of the environment. @throws Error if it is no port. */
export function mockPortOf(env: NodeJS.ProcessEnv): number {
  const text = env.MOCK_PORT ?? '';
  if (text === '') return MOCK_PORT;
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new Error(`MOCK_PORT is "${text}"; it must be a number from 0 to 65535`);
}

/** One line on why the start failed. */
export function startFailure(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code, port } = error as NodeJS.ErrnoException & { port?: number };
  if (code !== 'EADDRINUSE') return error.message;
  return `port ${port ?? ''} is taken; choose others with PORT=9080 (the API) and MOCK_PORT=9081 (the mock bank)`;
}
