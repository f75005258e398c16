let time = 0;
let text = '';

/** The present time as RFC 3339 has it, put into words once a millisecond. */
export function isoTime(): string {
  const now = Date.now();
  if (now !== time) {
    time = now;
    text = new Date(now).toISOString();
  }
  return text;
}
