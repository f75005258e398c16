/** For answers that no browser should render, frame, sniff or load into another site (OWASP REST Security Cheat Sheet). */
const headers: Readonly<Record<string, string>> = {
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
};

/** Name, value, name, value. */
export const securityHead: readonly string[] = Object.entries(headers).flat();
