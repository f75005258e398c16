import { flatText } from '../flat-text.ts';

let time = 0;
let text = '';

/** How a line of level `info` begins, up to the value of `requestId`: with the present time (RFC 3339), put into words once a millisecond. */
export function lineStart(): string {
  const now = Date.now();
  if (now !== time) {
    time = now;
    text = flatText(`{"level":30,"time":"${new Date(now).toISOString()}","requestId":"`);
  }
  return text;
}
