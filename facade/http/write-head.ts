import { ServerResponse, STATUS_CODES } from 'node:http';

/**
 * Where `ServerResponse.writeHead` puts the head together, after a beginning given as text. It is not documented; where it is
 * missing, `writeHead` is used (docs/adr/0051-heads-in-one-piece.md).
 */
interface HeadStore {
  _storeHeader?(beginning: string, fields: readonly string[]): void;
}

/** A field as it was last written: most have one value for good, and their line need not be checked and put together again. */
interface Line {
  /** None of those that Node looks at, by its name. */
  readonly isOrdinary: boolean;
  value: string | undefined;
  text: string;
}

/** Node adds those of them that are missing. */
const NODES_OWN = /^(?:connection|keep-alive|transfer-encoding|content-length|date|expect|trailer)$/i;
/** RFC 9110, 5.6.2. */
const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/;
/** RFC 9110, 5.5: nothing in a value may end it. */
const OUTSIDE_VALUES = /[^\t\x20-\x7e\x80-\xff]/;
const FIRST_WITH_BODY = 200;
const NO_BODY: ReadonlySet<number> = new Set([204, 304]);

/** By names; those stand in the code, so there are few. */
const lines = new Map<string, Line>();
const MOST_LINES = 256;

/**
 * `response.writeHead` at a third of its cost: what is the same in all answers is neither checked nor put together each time.
 * @throws TypeError for a name or a value that no header field may have.
 */
export function writeHead(response: ServerResponse, status: number, head: readonly string[]): ServerResponse {
  const store: HeadStore = response as unknown as HeadStore;
  if (store._storeHeader === undefined || !isPlain(response, status))
    return response.writeHead(status, head as string[]);
  let text = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'unknown'}\r\n`;
  const fields: string[] = [];
  for (let index = 0; index < head.length; index += 2) {
    const line = lineOf(head[index]!, head[index + 1]!);
    if (line === undefined) fields.push(head[index]!, head[index + 1]!);
    else text += line;
  }
  response.statusCode = status;
  store._storeHeader(text, fields);
  return response;
}

/** Nobody has set fields, or wants to hear of them, and no rule on the body or on the connection has to be kept. */
function isPlain(response: ServerResponse, status: number): boolean {
  return (
    response.writeHead === ServerResponse.prototype.writeHead &&
    !response.headersSent &&
    !response.statusMessage &&
    status >= FIRST_WITH_BODY &&
    !NO_BODY.has(status) &&
    response.req.headers.expect === undefined &&
    response.getHeaderNames().length === 0
  );
}

/** Undefined for what Node has to see: its own fields, and what it will refuse. */
function lineOf(name: string, value: string): string | undefined {
  const line = lines.get(name) ?? begin(name);
  if (!line.isOrdinary) return undefined;
  if (line.value === value) return line.text;
  if (OUTSIDE_VALUES.test(value)) return undefined;
  line.value = value;
  line.text = `${name}: ${value}\r\n`;
  return line.text;
}

function begin(name: string): Line {
  const line: Line = { isOrdinary: TOKEN.test(name) && !NODES_OWN.test(name), value: undefined, text: '' };
  if (lines.size < MOST_LINES) lines.set(name, line);
  return line;
}
