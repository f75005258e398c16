import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { problemOf, startBank, type Bank } from '../../bank.ts';

const good = '"from":"4711","amount":"1.00","currency":"EUR"';
const nested = (depth: number, open = '[', close = ']'): string => open.repeat(depth) + close.repeat(depth);
const bytes = (...parts: (string | number[])[]): Buffer =>
  Buffer.concat(parts.map((part) => Buffer.from(part as string)));

/** A body, the status and code, and the place of the first fault. */
type Row = readonly [body: string | Buffer, status: number, code?: string, pointer?: string];

const rows: Readonly<Record<string, Row>> = {
  'as it should be': [`{${good}}`, 201],
  'a byte order mark, which parsers may ignore': [bytes([0xef, 0xbb, 0xbf], `{${good}}`), 201],
  'UTF-16': [Buffer.from(`{${good}}`, 'utf16le'), 400, 'malformed-json'],
  'Latin-1': [bytes('{"from":"', [0xe4], '","amount":"1.00","currency":"EUR"}'), 400, 'malformed-json'],
  'overlong UTF-8': [
    bytes('{"from":"', [0xc0, 0xaf], '","amount":"1.00","currency":"EUR"}'),
    400,
    'malformed-json',
  ],
  'half a character': [
    bytes('{"from":"', [0xe2, 0x82], '","amount":"1.00","currency":"EUR"}'),
    400,
    'malformed-json',
  ],
  'a surrogate as UTF-8': [
    bytes('{"from":"', [0xed, 0xa0, 0x80], '","amount":"1.00","currency":"EUR"}'),
    400,
    'malformed-json',
  ],
  'a lone surrogate as an escape': [
    `{${good},"options":{"note":"\\ud800"}}`,
    400,
    'invalid-input',
    '/options/note',
  ],
  'NUL as an escape': [`{${good},"options":{"note":"\\u0000"}}`, 400, 'invalid-input', '/options/note'],
  'a control character as an escape': [
    `{${good},"options":{"note":"\\u001b"}}`,
    400,
    'invalid-input',
    '/options/note',
  ],
  'U+FFFE as an escape': [`{${good},"options":{"note":"\\ufffe"}}`, 400, 'invalid-input', '/options/note'],
  'a bare control character': [`{${good},"options":{"note":"\u0001"}}`, 400, 'malformed-json'],
  'nothing but blanks': ['   ', 400, 'malformed-json'],
  'half an object': [`{${good}`, 400, 'malformed-json'],
  'two values': [`{${good}}{}`, 400, 'malformed-json'],
  'a comma too many': [`{${good},}`, 400, 'malformed-json'],
  'a comment': [`{${good}/* */}`, 400, 'malformed-json'],
  'single quotes': [`{'from':'4711'}`, 400, 'malformed-json'],
  NaN: ['{"from":NaN}', 400, 'malformed-json'],
  'a hexadecimal number': ['{"from":0x1}', 400, 'malformed-json'],
  'an array in place of an object': ['[]', 400, 'invalid-input', ''],
  'a string in place of an object': ['"x"', 400, 'invalid-input', ''],
  null: ['null', 400, 'invalid-input', ''],
  'a member twice': [`{${good},"amount":"999"}`, 400, 'invalid-input', '/amount'],
  'a member twice, once escaped': [`{${good},"\\u0061mount":"999"}`, 400, 'invalid-input', '/amount'],
  'a member twice below another': [
    `{${good},"options":{"note":"a","note":"b"}}`,
    400,
    'invalid-input',
    '/options/note',
  ],
  'the member __proto__': [`{${good},"__proto__":{"isAdmin":true}}`, 400, 'invalid-input', '/__proto__'],
  '__proto__ in place of members': [
    '{"__proto__":{"from":"4711","amount":"1.00","currency":"EUR"}}',
    400,
    'invalid-input',
  ],
  '__proto__ escaped': [`{${good},"\\u005f_proto__":{"isAdmin":true}}`, 400, 'invalid-input', '/__proto__'],
  '__proto__ below another': [
    `{${good},"options":{"__proto__":{"channel":"X"}}}`,
    400,
    'invalid-input',
    '/options/__proto__',
  ],
  'the member constructor': [
    `{${good},"constructor":{"prototype":{"isAdmin":true}}}`,
    400,
    'invalid-input',
    '/constructor',
  ],
  'the member prototype': [`{${good},"prototype":{}}`, 400, 'invalid-input', '/prototype'],
  'the member toString': [`{${good},"toString":"x"}`, 400, 'invalid-input', '/toString'],
  'the member hasOwnProperty': [`{${good},"hasOwnProperty":1}`, 400, 'invalid-input', '/hasOwnProperty'],
  'an empty name': [`{${good},"":1}`, 400, 'invalid-input', '/'],
  'a name like a pointer': [`{${good},"a/b~c":1}`, 400, 'invalid-input', '/a~1b~0c'],
  'a name like an element': [`{${good},"<Amount>":"9"}`, 400, 'invalid-input', '/<Amount>'],
  'the name of the element': [`{${good},"Amount":"9"}`, 400, 'invalid-input', '/Amount'],
  'a member of the token': [`{${good},"customerId":"ben"}`, 400, 'invalid-input', '/customerId'],
  'a constant': [`{${good},"options":{"channel":"ADMIN"}}`, 400, 'invalid-input', '/options/channel'],
  'the type of another': [`{${good},"@type":"Admin"}`, 400, 'invalid-input', '/@type'],
  'a SOAP header': [`{${good},"@header":{"security":{}}}`, 400, 'invalid-input', '/@header'],
  'an object in place of a string': [
    '{"from":{"$gt":""},"amount":"1.00","currency":"EUR"}',
    400,
    'invalid-input',
    '/from',
  ],
  'an array in place of a string': [
    '{"from":["4711"],"amount":"1.00","currency":"EUR"}',
    400,
    'invalid-input',
    '/from',
  ],
  'a number in place of a decimal': [
    '{"from":"4711","amount":1.00,"currency":"EUR"}',
    400,
    'invalid-input',
    '/amount',
  ],
  'a decimal with an exponent': [
    '{"from":"4711","amount":"1e9","currency":"EUR"}',
    400,
    'invalid-input',
    '/amount',
  ],
  'a decimal of other digits': [
    '{"from":"4711","amount":"\u0661","currency":"EUR"}',
    400,
    'invalid-input',
    '/amount',
  ],
  'a number that a double would round': [
    `{${good},"rate":0.1234567890123456789}`,
    400,
    'invalid-input',
    '/rate',
  ],
  'a number beyond doubles': [`{${good},"rate":1e999}`, 400, 'invalid-input', '/rate'],
  'nested too deep': [`{${good},"options":${nested(70)}}`, 400, 'malformed-json'],
  'objects nested too deep': [
    `{${good},"options":${nested(70, '{"a":', '}').replace(':}', ':0}')}}`,
    400,
    'malformed-json',
  ],
  'nested a hundred thousand deep': [nested(100_000), 400, 'malformed-json'],
  'opened a hundred thousand times': ['['.repeat(100_000), 400, 'malformed-json'],
  'ten thousand members': [
    `{${good},${Array.from({ length: 10_000 }, (_, index) => `"m${index}":1`).join(',')}}`,
    400,
    'invalid-input',
  ],
  'one member ten thousand times': [
    `{${good},${Array.from({ length: 10_000 }, () => '"from":"1"').join(',')}}`,
    400,
    'invalid-input',
    '/from',
  ],
  'a name of 50,000 characters': [`{${good},"${'n'.repeat(50_000)}":1}`, 400, 'invalid-input'],
  'a hundred thousand digits': [`{"from":"4711","amount":"${'9'.repeat(100_000)}","currency":"EUR"}`, 201],
  'a number of a hundred thousand digits': [
    `{${good},"rate":${'9'.repeat(100_000)}}`,
    400,
    'invalid-input',
    '/rate',
  ],
  'larger than allowed': [`{${good},"options":{"note":"${'x'.repeat(300_000)}"}}`, 413, 'body-too-large'],
};

/** Header fields of a body that is fine otherwise. */
const types: Readonly<Record<string, readonly [headers: Record<string, string>, status: number]>> = {
  'application/json': [{ 'Content-Type': 'application/json' }, 201],
  'application/json; charset=utf-8': [{ 'Content-Type': 'application/json; charset=utf-8' }, 201],
  'Application/JSON;CHARSET="UTF-8"': [{ 'Content-Type': 'Application/JSON;CHARSET="UTF-8"' }, 201],
  'no type': [{ 'Content-Type': '' }, 415],
  'text/plain': [{ 'Content-Type': 'text/plain' }, 415],
  'text/json': [{ 'Content-Type': 'text/json' }, 415],
  'application/xml': [{ 'Content-Type': 'application/xml' }, 415],
  'text/xml': [{ 'Content-Type': 'text/xml' }, 415],
  'a form': [{ 'Content-Type': 'application/x-www-form-urlencoded' }, 415],
  'a form with files': [{ 'Content-Type': 'multipart/form-data; boundary=x' }, 415],
  'a kind of JSON': [{ 'Content-Type': 'application/merge-patch+json' }, 415],
  'two types': [{ 'Content-Type': 'application/json, text/plain' }, 415],
  'a type that begins the same': [{ 'Content-Type': 'application/jsonx' }, 415],
  'Latin-1': [{ 'Content-Type': 'application/json; charset=iso-8859-1' }, 415],
  'UTF-16': [{ 'Content-Type': 'application/json; charset=utf-16' }, 415],
  'two charsets': [{ 'Content-Type': 'application/json; charset=utf-8; charset=utf-7' }, 415],
  gzip: [{ 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' }, 415],
  identity: [{ 'Content-Type': 'application/json', 'Content-Encoding': 'identity' }, 201],
  'several codings': [{ 'Content-Type': 'application/json', 'Content-Encoding': 'identity, br' }, 415],
};

describe(`bodies (${Object.keys(rows).length + Object.keys(types).length} kinds)`, () => {
  let bank: Bank;
  before(async () => {
    bank = await startBank({ yaml: 'server: { bodyBytes: 250000 }\nrateLimit: { requests: 10000 }' });
  });
  after(() => bank.close());
  beforeEach(() => {
    bank.calls.length = 0;
  });

  for (const [name, [body, status, code, pointer]] of Object.entries(rows))
    it(`${name}: ${status}`, async () => {
      const response = await bank.post('/v1/transfers', body, {});
      assert.equal(response.status, status);
      assert.equal(bank.calls.length, status === 201 ? 1 : 0);
      if (status === 201) return;
      const problem = await problemOf(response);
      assert.equal(problem.code, code);
      assert.ok((problem.errors ?? []).length <= 100);
      assert.ok(JSON.stringify(problem).length < 50_000);
      if (pointer !== undefined)
        assert.ok(
          problem.errors?.some((fault) => fault.pointer === pointer),
          JSON.stringify(problem),
        );
      assert.equal(({} as { isAdmin?: boolean }).isAdmin, undefined);
    });

  for (const [name, [headers, status]] of Object.entries(types))
    it(`the type of a body: ${name}: ${status}`, async () => {
      const body = headers['Content-Encoding'] === 'gzip' ? gzipSync(`{${good}}`) : Buffer.from(`{${good}}`);
      const response = await bank.call('/v1/transfers', { method: 'POST', body, headers });
      assert.equal(response.status, status);
      if (status === 415) assert.equal((await problemOf(response)).code, 'unsupported-media-type');
    });
});
