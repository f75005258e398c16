/** UUIDs (RFC 9562, 4), and hashes and ids for tracing of the usual lengths, that have a letter and so are no numbers. */
const DIGEST =
  /(?<![\w-])(?=[\d-]{0,63}[a-f])(?:[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|[\da-f]{64}|[\da-f]{40}|[\da-f]{32}|[\da-f]{16})(?![\w-])/g;

/** The text, as long as before, with what only by chance looks like a number of a card or an account made unrecognisable. */
export function veilDigests(text: string): string {
  return text.replace(DIGEST, ({ length }) => '_'.repeat(length));
}
