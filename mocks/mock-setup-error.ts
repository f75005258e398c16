/** What a mock was asked to be cannot be had; the message says what to do. */
export class MockSetupError extends Error {
  override readonly name = 'MockSetupError';
  readonly code = 'MOCK_SETUP';
}
