import assert from 'node:assert/strict';
import { startBank, type Bank } from '../../bank.ts';
import { sendRaw, type RawAnswer } from './raw-client.ts';

const BODY = '{"from":"4711","amount":"1.00","currency":"EUR"}';
const HEX = BODY.length.toString(16);

/** One attempt: the bytes, given a field with a valid token, and the statuses that may be answered, in order. */
interface Attempt {
  readonly bytes: (auth: string) => string;
  readonly statuses: readonly number[];
  /** Calls that the core may get. */
  readonly calls?: number;
}

/** What an attacker would like to have answered on behalf of the next client of a proxy. */
const smuggled = (auth: string): string => `GET /v1/accounts/SMUGGLED HTTP/1.1\r\nHost: x\r\n${auth}\r\n\r\n`;

const JSON_TYPE = 'Content-Type: application/json';
const post = (fields: string, rest: (auth: string) => string) => (auth: string) =>
  `POST /v1/transfers HTTP/1.1\r\nHost: x\r\n${auth}\r\n${JSON_TYPE}\r\n${fields}\r\n\r\n${rest(auth)}`;
const CHUNKED = 'Transfer-Encoding: chunked';
const whole = `${HEX}\r\n${BODY}\r\n0\r\n\r\n`;
const refused = (bytes: Attempt['bytes'], status = 400): Attempt => ({ bytes, statuses: [status], calls: 0 });
const get = (line: string, fields = 'Host: x\r\n') =>
  refused((auth) => `${line}\r\n${fields}${auth}\r\n\r\n${smuggled(auth)}`);
const field = (text: string): Attempt =>
  refused((auth) => `GET /v1/accounts/1 HTTP/1.1\r\nHost: x\r\n${auth}\r\n${text}\r\n\r\n${smuggled(auth)}`);

const framing: Readonly<Record<string, Attempt>> = {
  'CL.TE': refused(post(`Content-Length: 6\r\n${CHUNKED}`, (auth) => `0\r\n\r\n${smuggled(auth)}`)),
  'TE.CL': refused(
    post(`${CHUNKED}\r\nContent-Length: 4`, (auth) => `${HEX}\r\n${BODY}\r\n0\r\n\r\n${smuggled(auth)}`),
  ),
  'TE and CL that agree': refused(post(`${CHUNKED}\r\nContent-Length: ${whole.length}`, () => whole)),
  'two different lengths': refused(post('Content-Length: 5\r\nContent-Length: 48', () => BODY)),
  'two equal lengths': refused(
    post(`Content-Length: ${BODY.length}\r\nContent-Length: ${BODY.length}`, () => BODY),
  ),
  'a list of lengths': refused(post('Content-Length: 5, 5', () => BODY)),
  'a length with a plus': refused(post('Content-Length: +48', () => BODY)),
  'a negative length': refused(post('Content-Length: -1', () => BODY)),
  'a hexadecimal length': refused(post('Content-Length: 0x30', () => BODY)),
  'a length with a blank inside': refused(post('Content-Length: 4 8', () => BODY)),
  'an empty length': refused(post('Content-Length:', smuggled)),
  'a length of words': refused(post('Content-Length: many', () => BODY)),
  'a length beyond 64 bits': refused(post('Content-Length: 99999999999999999999', () => BODY)),
  'an unknown transfer coding': refused(post('Transfer-Encoding: xchunked', () => whole)),
  'chunked that is not the last coding': refused(post('Transfer-Encoding: chunked, identity', () => whole)),
  'chunked twice': refused(post('Transfer-Encoding: chunked, chunked', () => whole)),
  'chunked hidden by a tab': refused(post('Transfer-Encoding:\tchunked\x0b', () => whole)),
  'chunked with a vertical tab': refused(post('Transfer-Encoding: \x0bchunked', () => whole)),
  'chunked in quotes': refused(post('Transfer-Encoding: "chunked"', () => whole)),
  'a blank before the colon': refused(post('Transfer-Encoding : chunked', () => whole)),
  'a field that begins with a blank': refused(post(' Transfer-Encoding: chunked', () => whole)),
  'a second coding field': refused(post(`${CHUNKED}\r\nTransfer-Encoding: x`, () => whole)),
  'a coding field and its twin with an underscore': {
    bytes: post(
      `Transfer_Encoding: chunked\r\nContent-Length: ${BODY.length}\r\nConnection: close`,
      () => BODY,
    ),
    statuses: [201],
    calls: 1,
  },
  'a body of GET': {
    bytes: (auth) =>
      `GET /v1/accounts/1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${auth}\r\nContent-Length: ${smuggled(auth).length}\r\n\r\n${smuggled(auth)}`,
    statuses: [200],
    calls: 1,
  },
  'an expectation that is met': {
    bytes: post(`Content-Length: ${BODY.length}\r\nExpect: 100-continue\r\nConnection: close`, () => BODY),
    statuses: [201],
    calls: 1,
  },
  'bytes after the body': {
    bytes: post(`Content-Length: ${BODY.length}`, () => `${BODY}xyz nonsense\r\n\r\n`),
    statuses: [201, 400],
    calls: 1,
  },
};

const chunks: Readonly<Record<string, Attempt>> = {
  'a size of no digits': refused(post(CHUNKED, () => `zz\r\n${BODY}\r\n0\r\n\r\n`)),
  'no size at all': refused(post(CHUNKED, () => `\r\n${BODY}\r\n0\r\n\r\n`)),
  'a negative size': refused(post(CHUNKED, () => `-1\r\n${BODY}\r\n0\r\n\r\n`)),
  'a size with 0x': refused(post(CHUNKED, () => `0x${HEX}\r\n${BODY}\r\n0\r\n\r\n`)),
  'a size beyond 64 bits': refused(post(CHUNKED, () => `fffffffffffffffff\r\n${BODY}\r\n0\r\n\r\n`)),
  'a size that wraps around': refused(post(CHUNKED, () => `10000000000000030\r\n${BODY}\r\n0\r\n\r\n`)),
  'a size smaller than its chunk': refused(post(CHUNKED, () => `5\r\n${BODY}\r\n0\r\n\r\n`)),
  'a size line that ends with LF alone': refused(
    post(CHUNKED, (auth) => `${HEX}\n${BODY}\r\n0\r\n\r\n${smuggled(auth)}`),
  ),
  'an extension that ends with LF alone': refused(
    post(CHUNKED, (auth) => `${HEX};a\n${BODY}\r\n0\r\n\r\n${smuggled(auth)}`),
  ),
  'an endless extension': refused(
    post(CHUNKED, () => `${HEX};${'x'.repeat(20_000)}\r\n${BODY}\r\n0\r\n\r\n`),
  ),
  'an extension that is one': {
    bytes: post(`${CHUNKED}\r\nConnection: close`, () => `${HEX};a=b\r\n${BODY}\r\n0\r\n\r\n`),
    statuses: [201],
    calls: 1,
  },
  'a trailer that names a length': refused(
    post(CHUNKED, (auth) => `${HEX}\r\n${BODY}\r\n0\r\nContent-Length: 900\r\n\r\n${smuggled(auth)}`),
  ),
  'a trailer that is one': {
    bytes: post(`${CHUNKED}\r\nConnection: close`, () => `${HEX}\r\n${BODY}\r\n0\r\nX-Sum: 900\r\n\r\n`),
    statuses: [201],
    calls: 1,
  },
  'endless trailers': {
    bytes: post(
      `${CHUNKED}\r\nConnection: close`,
      () => `${HEX}\r\n${BODY}\r\n0\r\n${'X: y\r\n'.repeat(10_000)}\r\n`,
    ),
    statuses: [431],
    calls: 0,
  },
};

const lines: Readonly<Record<string, Attempt>> = {
  'no version': get('GET /v1/accounts/1'),
  'a version of its own': get('GET /v1/accounts/1 HTTP/9.9'),
  'a version in lower case': get('GET /v1/accounts/1 http/1.1'),
  'the preface of HTTP/2': get('PRI * HTTP/2.0', ''),
  'an unknown method': get('FOO /v1/accounts/1 HTTP/1.1'),
  'a method in lower case': get('get /v1/accounts/1 HTTP/1.1'),
  'a blank in the URL': get('GET /v1/accounts/1 2 HTTP/1.1'),
  'a tab in the URL': get('GET /v1/accounts/1\t2 HTTP/1.1'),
  'NUL in the URL': get('GET /v1/accounts/1\0 HTTP/1.1'),
  'a bare CR in the URL': get('GET /v1/accounts/1\rX: y HTTP/1.1'),
  'bytes beyond ASCII in the URL': get('GET /v1/accounts/\xc3\xa4 HTTP/1.1'),
  'a fragment': get('GET /v1/accounts/1#2 HTTP/1.1'),
  'a backslash': get('GET \\v1\\accounts\\1 HTTP/1.1'),
  'a backslash in the path': get('GET /v1/accounts\\1 HTTP/1.1'),
  'no path': get('GET v1/accounts/1 HTTP/1.1'),
  'a star for GET': get('GET * HTTP/1.1'),
  'a scheme of its own': get('GET file:///v1/accounts/1 HTTP/1.1'),
  'a host without a scheme': get('GET x:443 HTTP/1.1'),
  'LF alone at the end of lines': refused((auth) => `GET /v1/accounts/1 HTTP/1.1\nHost: x\n${auth}\n\n`),
  'no Host': get('GET /v1/accounts/1 HTTP/1.1', ''),
  'two Hosts': get('GET /v1/accounts/1 HTTP/1.1', 'Host: x\r\nHost: y\r\n'),
  'a Host with a path': get('GET /v1/accounts/1 HTTP/1.1', 'Host: x/../y\r\n'),
  'a Host with a blank': get('GET /v1/accounts/1 HTTP/1.1', 'Host: x y\r\n'),
  'a Host with a user': get('GET /v1/accounts/1 HTTP/1.1', 'Host: a@x\r\n'),
  'a list of Hosts': get('GET /v1/accounts/1 HTTP/1.1', 'Host: x"y\r\n'),
};

const fields: Readonly<Record<string, Attempt>> = {
  'a folded value': field('X-A: b\r\n c'),
  'a bare CR in a value': field('X-A: b\rX-B: c'),
  'a bare LF in a value': field('X-A: b\nX-B c'),
  'NUL in a value': field('X-A: b\0c'),
  'NUL in a name': field('X\0A: b'),
  'a blank in a name': field('X A: b'),
  'brackets in a name': field('X(A): b'),
  'no name': field(': b'),
  'no colon': field('X-A'),
  'a control character in a value': field('X-A: b\x01c'),
  'an expectation that nobody knows': { ...field('Expect: 200-maybe'), statuses: [417] },
  'a field of 20,000 bytes': { ...field(`X-A: ${'b'.repeat(20_000)}`), statuses: [431] },
  'five thousand fields': { ...field('X-A: b\r\n'.repeat(5000).trimEnd()), statuses: [431] },
  'a URL of 20,000 bytes': {
    ...get(`GET /v1/accounts/${'1'.repeat(20_000)} HTTP/1.1`),
    statuses: [431],
  },
};

const tables = { framing, chunks, 'request lines and hosts': lines, fields };

describe(`smuggling and malformed requests (${Object.values(tables).flatMap(Object.keys).length} attempts)`, () => {
  let bank: Bank;
  let auth: string;
  before(async () => {
    bank = await startBank();
    auth = `Authorization: Bearer ${await bank.token()}`;
  });
  after(() => bank.close());
  beforeEach(() => {
    bank.calls.length = 0;
  });

  for (const [title, table] of Object.entries(tables))
    for (const [name, { bytes, statuses, calls }] of Object.entries(table))
      it(`${title}: ${name}`, async () => {
        const answers = await sendRaw(bank, bytes(auth));
        assert.deepEqual(
          answers.map(({ status }) => status),
          statuses,
        );
        for (const answer of answers) if (answer.status >= 400) assertProblem(answer);
        assert.doesNotMatch(bank.calls.map(({ envelope }) => envelope).join(), /SMUGGLED/);
        assert.equal(bank.calls.length, calls);
      });

  it('answers requests that come at once in their order', async () => {
    const one = (id: string, last = ''): string =>
      `GET /v1/accounts/${id} HTTP/1.1\r\nHost: x\r\nX-Request-Id: ${id}\r\n${last}${auth}\r\n\r\n`;
    const answers = await sendRaw(bank, one('a') + one('b') + one('c', 'Connection: close\r\n'));
    assert.deepEqual(
      answers.map(({ status, headers }) => [status, headers['x-request-id']]),
      [
        [200, 'a'],
        [200, 'b'],
        [200, 'c'],
      ],
    );
  });

  it('takes a whole URL as proxies send it, and HTTP/1.0 without Host', async () => {
    const [absolute] = await sendRaw(
      bank,
      `GET http://elsewhere.example/v1/accounts/1?limit=1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${auth}\r\n\r\n`,
    );
    const [old] = await sendRaw(bank, `GET /v1/accounts/1 HTTP/1.0\r\n${auth}\r\n\r\n`);
    assert.deepEqual([absolute?.status, old?.status, bank.calls.length], [200, 200, 2]);
  });

  it('answers OPTIONS for the server as a whole, and no tunnel', async () => {
    const [options] = await sendRaw(bank, 'OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    assert.equal(options?.status, 204);
    assert.deepEqual(await sendRaw(bank, 'CONNECT x:443 HTTP/1.1\r\nHost: x:443\r\n\r\n'), []);
  });
});

function assertProblem({ status, headers, body }: RawAnswer): void {
  assert.equal(headers['content-type'], 'application/problem+json');
  assert.equal(headers['cache-control'], 'no-store');
  assert.equal(headers['x-content-type-options'], 'nosniff');
  assert.equal(headers.connection, 'close');
  assert.equal((JSON.parse(body) as { status: number }).status, status);
}
