type BearerError = 'invalid_token' | 'insufficient_scope';

/** RFC 6750, 3. Without an error: the request had no token, so nothing is said about one. */
export function challenge(
  error?: BearerError,
  parameters: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const all = { realm: 'portico', ...(error && { error }), ...parameters };
  const text = Object.entries(all).map(([name, value]) => `${name}="${value.replace(/["\\]/g, '')}"`);
  return { 'WWW-Authenticate': `Bearer ${text.join(', ')}` };
}
