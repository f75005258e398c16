import assert from 'node:assert/strict';
import { formatConfigProblem } from '../../../facade/config/config-problem.ts';
import { loadConfig, parseConfig } from '../../../facade/config/load-config.ts';

/** `line:column key: message` of each problem. */
function problemsOf(source: string, env: Record<string, string> = {}): string[] {
  return parseConfig('p.yaml', source, env).problems.map((problem) =>
    formatConfigProblem(problem).replace('p.yaml:', '').replace(' error', ''),
  );
}

const minimal = 'auth: { development: true }\nservices: { core: { wsdl: core.wsdl } }\n';

describe('loadConfig', () => {
  it('fills in every default', () => {
    const { config } = parseConfig('p.yaml', minimal, {});
    assert.deepEqual(config, {
      auth: {
        development: true,
        tokenBytes: 8192,
        issuers: [],
        dpop: { algorithms: ['ES256'], proofSeconds: 60 },
      },
      services: {
        core: {
          wsdl: 'core.wsdl',
          timeoutSeconds: 10,
          transport: 'http',
          names: 'camelCase',
          numbers: 'string',
          mtom: 'never',
          mtomThresholdBytes: 1024,
          failover: 'priority',
          connection: { connectTimeoutSeconds: 5, keepAliveSeconds: 4 },
          retry: { most: 2, budgetPercent: 10 },
          circuitBreaker: { failurePercent: 50, windowSeconds: 10, minimumCalls: 10, probeSeconds: 5 },
          bulkhead: { concurrent: 32, queued: 128 },
          allowedHosts: [],
          allowedRoots: [],
          lenient: false,
        },
      },
      server: {
        port: 8080,
        host: '127.0.0.1',
        tlsTerminators: [],
        concurrency: { concurrent: 1000, queued: 1000, queueMilliseconds: 1000 },
        compression: { codings: ['br', 'gzip'], minBytes: 1024 },
        bodyBytes: 1_048_576,
        binaryBytes: 268_435_456,
        jsonDepth: 64,
        requestTimeoutSeconds: 30,
        shutdownSeconds: 10,
        stopDelaySeconds: 0,
      },
      rateLimit: { requests: 300, windowSeconds: 60 },
      cache: { bytes: 67_108_864, invalidateOn: [] },
      commands: {
        store: 'sqlite',
        path: '.portico/commands.sqlite',
        retentionHours: 24,
        unknownRetentionHours: 720,
        eventRetentionHours: 24,
        leaseSeconds: 15,
        deferred: {
          concurrent: 32,
          concurrentPerService: 16,
          expiresAfterSeconds: 86_400,
          retrySeconds: 60,
          pollMilliseconds: 1000,
        },
      },
      bus: {
        exchange: 'portico.events',
        exchanges: [],
        deadLetterExchange: 'portico.dead',
        topology: 'declare',
        connection: { connectTimeoutSeconds: 5, heartbeatSeconds: 10 },
        waitSeconds: 5,
        buffer: { messages: 10_000, bytes: 67_108_864 },
        consumers: [],
      },
      events: { unrouted: 'keep', queue: 'portico.events.inbox', webhooks: {} },
      redis: { prefix: 'portico', timeoutMilliseconds: 100 },
      log: { level: 'info', access: 'stdout', subject: 'hash' },
      audit: { to: 'off', subject: 'hash', operations: 'all', payload: false },
      metrics: { host: '127.0.0.1', public: false },
      traces: { enabled: true, samplePercent: 0, responseHeader: false },
      openapi: { title: 'Portico API', version: '1.0.0' },
    });
  });

  it('listens to this machine alone with development tokens, else to all, unless the file says where', () => {
    const hostOf = (auth: string, host = ''): string | undefined =>
      parseConfig('p.yaml', `auth: ${auth}\nserver: { ${host} }\nservices: { a: { wsdl: a.wsdl } }`, {})
        .config?.server.host;
    const issuers = '{ issuers: [ { issuer: a, audience: b, jwks: keys.json } ] }';
    assert.equal(hostOf('{ development: true }'), '127.0.0.1');
    assert.equal(hostOf(issuers), '0.0.0.0');
    assert.equal(hostOf('{ development: true }', 'host: 0.0.0.0'), '0.0.0.0');
    assert.equal(hostOf(issuers, 'host: "::1"'), '::1');
  });

  it('refuses aliases that stand for nothing, for themselves or for far too much', () => {
    assert.deepEqual(problemsOf(`server: *nope\n${minimal}`), [
      '1:9 there is no anchor "&nope" before this alias',
    ]);
    assert.match(
      problemsOf('services: &a\n  x: *a\n').join('\n'),
      /^2:6 this alias stands inside its own anchor "&a"$/,
    );
    const ten = (name: string): string => `[${Array.from({ length: 10 }, () => `*${name}`).join(', ')}]`;
    const bomb = `a: &a [x, x]\nb: &b ${ten('a')}\nc: &c ${ten('b')}\nd: &d ${ten('c')}\ne: ${ten('d')}\n`;
    assert.deepEqual(problemsOf(bomb), ['1:1 has too many aliases']);
  });

  it('names events that cannot come and members that no event has, which would forget nothing', () => {
    const of = (event: string, tag: string): string[] =>
      problemsOf(`${minimal}cache:\n  invalidateOn:\n    - event: "${event}"\n      tags: ["a", "${tag}"]\n`);
    const lines = minimal.split('\n').length;
    for (const event of ['.', 'account.', '.changed', 'account..changed'])
      assert.deepEqual(of(event, 'all'), [
        `${lines + 2}:14 cache.invalidateOn.0.event: has an empty word between its dots, which no event has`,
      ]);
    for (const member of ['id', 'data', 'data.', 'data..id', 'subject.id', 'Subject', 'database.id'])
      assert.deepEqual(of('account.*', `account:{subject}:{${member}}`), [
        `${lines + 3}:19 cache.invalidateOn.0.tags.1: {${member}} is no member of an event: write {subject} or {data.<member>}`,
      ]);
    for (const event of ['account.*', '#', 'account.#.changed'])
      assert.deepEqual(of(event, 'account:{data.owner.id}:{subject}'), []);
  });

  it('refuses a second document, and URLs that are none, without quoting them', () => {
    assert.deepEqual(problemsOf(`${minimal}---\nb: 2\n`), [
      '3:1 a second document begins here; the file has one: remove "---"',
    ]);
    const urls = `auth: { issuers: [ { issuer: a, audience: b, jwks: "https://[secret" } ] }
bus: { url: "amqp://[secret" }
services: { core: { wsdl: core.wsdl, endpoint: "http://[secret" } }
`;
    assert.deepEqual(problemsOf(urls), [
      '1:52 auth.issuers.0.jwks: is not a URL',
      '2:13 bus.url: is not a URL',
      '3:48 services.core.endpoint: is not a URL',
    ]);
  });

  it('refuses credentials in an endpoint without quoting them', () => {
    assert.deepEqual(problemsOf(minimal.replace('core.wsdl', 'a.wsdl, endpoint: "http://me:secret@x/"')), [
      '2:45 services.core.endpoint: must not hold credentials, which logs would show',
    ]);
  });

  it('reports every problem at once, each where it stands', () => {
    const problems = problemsOf(`server: { port: 99999, hots: x }
auth:
  developmnt: true
  issuers: [ { issuer: a, jwks: keys.json, algorithms: [HS256, none] } ]
services:
  Core:
    wsdl: \${WSDL}
    routes: [ { operation: A, method: FETCH, path: v1, input: { a: body.x } } ]
`);
    assert.deepEqual(problems, problems.toSorted(byPlace));
    for (const expected of [
      /^1:17 server\.port: must be from 0 to 65535/,
      /^1:24 server\.hots: unknown key\. Did you mean "host"\?/,
      /^3:3 auth\.developmnt: unknown key\. Did you mean "development"\?/,
      /^4:14 auth\.issuers\.0: "audience" is missing/,
      /^4:57 auth\.issuers\.0\.algorithms\.0: must be one of RS256/,
      /^4:64 auth\.issuers\.0\.algorithms\.1: must be one of RS256/,
      /^6:3 services\.Core: a name is a letter/,
      /^7:11 services\.Core\.wsdl: environment variable WSDL is not set/,
      /^8:39 services\.Core\.routes\.0\.method: must be one of GET/,
      /^8:52 services\.Core\.routes\.0\.path: must match \^\//,
      /^8:68 services\.Core\.routes\.0\.input\.a: must match/,
    ]) {
      assert.ok(
        problems.some((problem) => expected.test(problem)),
        `${expected.source} in\n${problems.join('\n')}`,
      );
    }
    assert.equal(problems.length, 11);
  });

  it('puts variables into values, flow mappings included, and turns them into numbers and booleans where those belong', () => {
    const source =
      'server: { port: ${PORT:-8080}, bodyBytes: ${BYTES:-1000} }\nauth: { development: "${DEV}" }\nopenapi: { title: "${YEAR}" }\nservices: { core: { wsdl: "${DIR}/a.wsdl" } }\n';
    const { config, problems } = parseConfig('p.yaml', source, {
      PORT: '9',
      DEV: 'true',
      YEAR: '2026',
      DIR: '/x',
      BYTES: '',
    });
    assert.deepEqual(problems, []);
    assert.deepEqual(
      [
        config?.server.port,
        config?.server.bodyBytes,
        config?.auth.development,
        config?.openapi.title,
        config?.services.core?.wsdl,
      ],
      [9, 1000, true, '2026', '/x/a.wsdl'],
    );
  });

  it('never lets the value of a variable become YAML', () => {
    const { config } = parseConfig('p.yaml', `${minimal}openapi:\n  title: \${TITLE}\n`, {
      TITLE: 'x\n  version: 9 # {a: [b',
    });
    assert.equal(config?.openapi.title, 'x\n  version: 9 # {a: [b');
    assert.equal(config.openapi.version, '1.0.0');
  });

  it('leaves comments alone, keeps $${ as ${, and refuses half a variable and a variable as a key', () => {
    assert.deepEqual(problemsOf(`# \${NOPE}\n${minimal}openapi: { title: "$\${A}" } # \${NOPE}\n`), []);
    assert.match(
      problemsOf(`${minimal}openapi: { title: "\${1A}" }\n`).join(),
      /^3:19 openapi\.title: "\$\{" starts no variable/,
    );
    assert.match(
      problemsOf(`${minimal}log: { "\${A}": info }\n`, { A: 'level' }).join(),
      /a variable cannot stand in a key/,
    );
  });

  it('never quotes a value in a problem', () => {
    const problems = problemsOf(`${minimal}bus: { url: "\${URL}" }\nrateLimit: { requests: "\${URL}" }\n`, {
      URL: 'https://user:hunter2@x',
    });
    assert.equal(problems.length, 2);
    assert.doesNotMatch(problems.join(), /hunter2/);
  });

  it('tells what is wrong between keys', () => {
    assert.match(problemsOf('services: { a: { wsdl: x } }').join(), /nobody could call this API/);
    assert.match(problemsOf('auth: { development: true }\nservices: {}').join(), /there is no service/);
    assert.match(problemsOf('auth: { development: true }\nservices: { a: {} }').join(), /"wsdl" is missing/);
    assert.match(
      problemsOf('auth: { development: true }\nservices: { a: { wsdl: x, contract: y } }').join(),
      /exclude each other/,
    );
    const issuer = (jwks: string): string[] =>
      problemsOf(
        `auth: { issuers: [ { issuer: a, audience: b, jwks: "${jwks}" } ] }\nservices: { a: { wsdl: x } }`,
      );
    assert.match(issuer('http://id.bank.example/keys').join(), /use https/);
    assert.deepEqual(issuer('http://127.0.0.1:9/keys'), []);
    const cached = '{ operation: A, method: POST, path: /a, cache: { ttlSeconds: 1 } }';
    assert.match(
      problemsOf(`auth: { development: true }\nservices: { a: { wsdl: x, routes: [ ${cached} ] } }`).join(),
      /only answers to GET/,
    );
  });

  it('takes secrets from variables and files, never from the file itself', () => {
    const withKey = (key: string, env = {}): string[] =>
      problemsOf(
        `auth: { development: true }\nservices: { a: { wsdl: x, connection: { tls: { certificate: c.pem, key: ${key} } } } }`,
        env,
      );
    assert.match(withKey('hunter2').join(), /connection\.tls\.key: a secret must not stand in this file/);
    assert.doesNotMatch(withKey('hunter2').join(), /hunter2/);
    assert.deepEqual(withKey('"${KEY}"', { KEY: 'pem' }), []);
    assert.deepEqual(withKey('{ file: k.pem }'), []);
  });

  it('wants no word on reading a WSDL where a stored contract is', () => {
    const service = (text: string): string =>
      problemsOf(`auth: { development: true }\nservices:\n  a: { ${text} }`).join('\n');
    assert.equal(service('wsdl: x, lenient: true, catalog: c.tsv'), '');
    assert.equal(service('contract: x, lenient: false'), '');
    assert.match(service('contract: x, catalog: c.tsv'), /^3:21 .*a\.catalog: .*--catalog/);
    assert.match(service('contract: x, lenient: true'), /^3:21 .*a\.lenient: .*--lenient/);
  });

  it('wants endpoints without credentials, and a key with each certificate', () => {
    const service = (text: string): string =>
      problemsOf(`auth: { development: true }\nservices: { a: { wsdl: x, ${text} } }`).join('\n');
    assert.match(service('endpoints: ["http://u:p@a/"]'), /endpoints\.0: must not hold credentials/);
    assert.match(service('endpoints: ["http://"]'), /endpoints\.0: is not a URL/);
    assert.match(service('endpoint: "http://a/", endpoints: ["http://b/"]'), /exclude each other/);
    assert.match(service('connection: { tls: { certificate: c.pem } }'), /needed together/);
  });

  it('reports broken YAML, repeated keys and a missing file with a place', async () => {
    assert.match(problemsOf('server: { port: 1').join(), /^\d+:\d+ /);
    assert.match(problemsOf(`${minimal}${minimal}`).join(), /^3:1 .*unique/);
    const { config, problems } = await loadConfig('/nonexistent/portico.yaml', {});
    assert.equal(config, undefined);
    assert.match(
      formatConfigProblem(problems[0]!),
      /^\/nonexistent\/portico\.yaml:1:1 error there is no such file/,
    );
  });

  it('refuses a file that is no mapping, and aliases that multiply', () => {
    assert.match(problemsOf('- a').join(), /must be an object/);
    assert.match(problemsOf('').join(), /must be an object/);
  });
});

function byPlace(left: string, right: string): number {
  const [a = [], b = []] = [left, right].map((text) => /^(\d+):(\d+)/.exec(text)?.slice(1).map(Number));
  return a[0]! - b[0]! || a[1]! - b[1]!;
}
