import { ServerResponse, STATUS_CODES } from 'node:http';
import type { Exchange } from './exchange.ts';

/**
 * Where `ServerResponse.writeHead` puts the head together, after a beginning given as text. It is not documented; where it is
 * missing, `writeHead` is used (docs/adr/0051-heads-in-one-piece.md).
 */
interface HeadStore {
  _storeHeader?(beginning: string, fields: readonly string[]): void;
}

/** How answers of one status begin that have the same fields in common, written once. */
interface Beginning {
  readonly standing: readonly string[];
  readonly text: string;
  /** Those of them that Node has to see. */
  readonly fields: readonly string[];
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

/** By status: the last one. There is one, or one for each origin of scripts. */
const beginnings = new Map<number, Beginning>();

/**
 * `response.writeHead` at a quarter of its cost: what is the same in all answers is neither checked nor put together each time.
 * @throws TypeError for a name or a value that no header field may have.
 */
export function writeHead(
  { response, standing, head }: Pick<Exchange, 'response' | 'standing' | 'head'>,
  status: number,
): ServerResponse {
  const store: HeadStore = response as unknown as HeadStore;
  if (store._storeHeader === undefined || !isPlain(response, status))
    return response.writeHead(status, [...standing, ...head]);
  const beginning = beginningOf(status, standing);
  const fields = [...beginning.fields];
  response.statusCode = status;
  store._storeHeader(beginning.text + linesOf(head, fields), fields);
  return response;
}

function beginningOf(status: number, standing: readonly string[]): Beginning {
  const last = beginnings.get(status);
  if (last?.standing === standing) return last;
  const fields: string[] = [];
  const text = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'unknown'}\r\n${linesOf(standing, fields)}`;
  // Flat: of a text in parts, each answer would copy the parts one by one.
  const beginning = { standing, text: Buffer.from(text, 'latin1').toString('latin1'), fields };
  beginnings.set(status, beginning);
  return beginning;
}

/** Those that Node has to see go to `fields`. */
function linesOf(head: readonly string[], fields: string[]): string {
  let text = '';
  for (let index = 0; index < head.length; index += 2) {
    const line = lineOf(head[index]!, head[index + 1]!);
    if (line === undefined) fields.push(head[index]!, head[index + 1]!);
    else text += line;
  }
  return text;
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
