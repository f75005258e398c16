import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { problemKinds, problemType, type ProblemCode } from '../../../facade/http/problem.ts';
import { envelope, insufficientFunds, transferAnswer, undeclaredFault } from '../bank-wsdl.ts';
import {
  standardAnswer,
  startBank,
  type Bank,
  type BankOptions,
  type CoreAnswer,
  type ProblemBody,
} from '../bank.ts';
import { sendRaw } from './attacks/raw-client.ts';

const transfer = { from: '4711', amount: '10.005', currency: 'EUR' };
const ACCOUNT = '/v1/accounts/4711';
const TOO_LARGE_TO_READ = 65 * 1024 * 1024;
const TOO_LARGE_TO_KEEP = 9 * 1024 * 1024;

/** How a client comes to see a problem; or the test, beside this one, that shows it. */
type Scenario = ((bank: Bank) => Promise<ProblemBody>) | { readonly shownIn: string };

const shown = async (answer: Response | Promise<Response>): Promise<ProblemBody> => {
  const response = await answer;
  assert.equal(response.headers.get('content-type'), 'application/problem+json');
  return (await response.json()) as ProblemBody;
};
const get =
  (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  (bank: Bank) =>
    shown(bank.call(path, { method, headers }));
const post =
  (body: unknown, headers: Record<string, string> = {}) =>
  (bank: Bank) =>
    shown(bank.post('/v1/transfers', body, headers));
const answering =
  (answer: CoreAnswer, act = get(ACCOUNT)) =>
  (bank: Bank) => {
    bank.answer = answer;
    return act(bank);
  };
const raw = (bytes: string) => async (bank: Bank) =>
  JSON.parse((await sendRaw(bank, bytes))[0]!.body) as ProblemBody;
/** In a bank of its own. */
const withBank = (options: BankOptions, act: (bank: Bank) => Promise<ProblemBody>) => async () => {
  const bank = await startBank(options);
  try {
    return await act(bank);
  } finally {
    await bank.close();
  }
};
/** What the same request is answered the second time. */
const twice =
  (first: unknown, second = first) =>
  async (bank: Bank) => {
    const headers = { 'Idempotency-Key': randomUUID() };
    await (await bank.post('/v1/transfers', first, headers)).arrayBuffer();
    return post(second, headers)(bank);
  };
const held: CoreAnswer = () => undefined;
const service = (more: string): string =>
  `bank:\n    wsdl: bank.wsdl\n    routes: [ { operation: Transfer, method: POST, path: /v1/transfers, input: { customerId: token.sub }${more} } ]`;

const scenarios: Readonly<Record<ProblemCode, Scenario>> = {
  'malformed-request': get('/v1/accounts/%ff'),
  'malformed-json': post('{'),
  'invalid-input': get(`${ACCOUNT}?x=1`),
  'token-missing': get(ACCOUNT, { Authorization: '' }),
  'token-invalid': get(ACCOUNT, { Authorization: 'Bearer x' }),
  'proof-invalid': { shownIn: 'attacks/dpop.test.ts' },
  'proof-nonce-missing': { shownIn: 'auth/dpop-nonces.test.ts' },
  'insufficient-scope': async (bank) =>
    get(ACCOUNT, { Authorization: `Bearer ${await bank.token([])}` })(bank),
  'claim-missing': async (bank) =>
    get('/v1/cached/1', { Authorization: `Bearer ${await bank.token(undefined, {})}` })(bank),
  'not-found': get('/nowhere'),
  'method-not-allowed': get(ACCOUNT, {}, 'PUT'),
  'not-acceptable': get(ACCOUNT, { Accept: 'text/html' }),
  'request-timeout': withBank({ yaml: 'server: { requestTimeoutSeconds: 1 }' }, raw('GET / HTTP/1.1\r\n')),
  'body-too-large': withBank({ yaml: 'server: { bodyBytes: 10 }' }, post(transfer)),
  'unsupported-media-type': post('a', { 'Content-Type': 'text/plain' }),
  'expectation-failed': raw('GET /healthz HTTP/1.1\r\nHost: x\r\nExpect: more\r\n\r\n'),
  'declared-fault': answering(() => ({ status: 500, body: insufficientFunds }), post(transfer)),
  'soap-client-fault': answering(() => ({ status: 500, body: undeclaredFault('Client', 'No such account') })),
  'idempotency-key-missing': withBank({ services: service(', idempotency: required') }, post(transfer)),
  'idempotency-key-invalid': post(transfer, { 'Idempotency-Key': '""' }),
  'request-in-progress': async (bank) => {
    const arrived = Promise.withResolvers<undefined>();
    const goOn = Promise.withResolvers<undefined>();
    bank.answer = async (_call, response) => {
      arrived.resolve(undefined);
      await goOn.promise;
      response.writeHead(200, { 'Content-Type': 'text/xml' }).end(transferAnswer);
      return undefined;
    };
    const headers = { 'Idempotency-Key': randomUUID() };
    const first = bank.post('/v1/transfers', transfer, headers);
    await arrived.promise;
    const problem = await post(transfer, headers)(bank);
    goOn.resolve(undefined);
    await first;
    return problem;
  },
  'outcome-unknown': answering((_call, response) => void response.destroy(), twice(transfer)),
  'answer-not-kept': answering(
    () => ({ body: transferAnswer.replace('t-1', 'x'.repeat(TOO_LARGE_TO_KEEP)) }),
    twice(transfer),
  ),
  'operation-cancelled': { shownIn: 'deferred.test.ts' },
  'operation-started': { shownIn: 'deferred.test.ts' },
  'operation-not-carried-out': { shownIn: '../deferred/people.test.ts' },
  'operation-expired': { shownIn: 'deferred.test.ts' },
  'idempotency-key-reused': twice(transfer, { ...transfer, amount: '1.00' }),
  'commands-unavailable': withBank(
    { yaml: 'commands: { store: postgres, url: "postgres://nobody@127.0.0.1:9/none" }' },
    post(transfer, { 'Idempotency-Key': 'k-1' }),
  ),
  'rate-limited': withBank({ yaml: 'rateLimit: { requests: 1, windowSeconds: 100 }' }, async (bank) => {
    await (await bank.call(ACCOUNT)).arrayBuffer();
    return get(ACCOUNT)(bank);
  }),
  'headers-too-large': raw(`GET / HTTP/1.1\r\nHost: x\r\nA: ${'x'.repeat(20_000)}\r\n\r\n`),
  'internal-error': withBank(
    {
      options: {
        connectors: {
          bank: {
            send: () => Promise.reject(new TypeError('a defect')),
            isReachable: () => Promise.resolve(true),
            close: () => Promise.resolve(),
          },
        },
      },
    },
    get(ACCOUNT),
  ),
  'soap-server-fault': answering(() => ({ status: 500, body: undeclaredFault('Server', 'no') })),
  'invalid-upstream-response': answering(() => ({ body: '<html/>' })),
  'upstream-not-verified': { shownIn: 'message-security.test.ts' },
  'upstream-cut-off': answering((_call, response) => {
    response.writeHead(200, { 'Content-Type': 'text/xml', 'Content-Length': '900' });
    response.write('<s:Envelope', () => response.destroy());
    return undefined;
  }),
  'upstream-too-large': answering((_call, response) => {
    response.writeHead(200, { 'Content-Type': 'text/xml' }).end(envelope(' '.repeat(TOO_LARGE_TO_READ)));
    return undefined;
  }),
  'upstream-unreachable': withBank(
    { endpoint: 'http://127.0.0.1:9/', policies: ['retry: { most: 0 }'] },
    get(ACCOUNT),
  ),
  'upstream-busy': withBank(
    { policies: ['retry: { most: 0 }'] },
    answering((_call, response) => {
      response.writeHead(503, { 'Retry-After': '7' }).end();
      return undefined;
    }),
  ),
  'upstream-failing': withBank(
    { policies: ['retry: { most: 0 }', 'circuitBreaker: { minimumCalls: 1 }'] },
    async (bank) => {
      bank.answer = () => ({ status: 500, type: 'text/plain', body: 'no' });
      await (await bank.call(ACCOUNT)).arrayBuffer();
      return get(ACCOUNT)(bank);
    },
  ),
  'keys-unavailable': async () => {
    const server = createServer((_request, response) => response.writeHead(500).end()).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const jwks = `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`;
    const { privateKey, publicKey } = await generateKeyPair('ES256');
    assert.ok(await exportJWK(publicKey));
    const token = await new SignJWT()
      .setIssuer('https://id.example')
      .setAudience('portico')
      .setSubject('anna')
      .setExpirationTime('1h')
      .setProtectedHeader({ alg: 'ES256', kid: 'k1' })
      .sign(privateKey);
    const yaml = `auth: { issuers: [ { issuer: "https://id.example", audience: portico, jwks: "${jwks}" } ] }`;
    const problem = await withBank({ yaml }, get(ACCOUNT, { Authorization: `Bearer ${token}` }))();
    server.close();
    return problem;
  },
  overloaded: { shownIn: 'limits/admission.test.ts' },
  stopping: async () => {
    const bank = await startBank({ yaml: 'server: { shutdownSeconds: 1 }' });
    const arrived = Promise.withResolvers<undefined>();
    bank.answer = () => {
      arrived.resolve(undefined);
      return undefined;
    };
    const answer = bank.call(ACCOUNT);
    await arrived.promise;
    const [response] = await Promise.all([answer, bank.close()]);
    return shown(response);
  },
  'upstream-timeout': withBank({ policies: ['timeoutSeconds: 1'] }, answering(held)),
};

describe('every problem there is', () => {
  let bank: Bank;
  before(async () => {
    bank = await startBank({ yaml: 'rateLimit: { requests: 100000 }', policies: ['retry: { most: 0 }'] });
  });
  after(() => bank.close());
  beforeEach(() => {
    bank.answer = standardAnswer;
  });

  for (const [code, scenario] of Object.entries(scenarios) as [ProblemCode, Scenario][])
    it(`${code} is met by clients, with its documented type`, async () => {
      if ('shownIn' in scenario) {
        const text = readFileSync(new URL(scenario.shownIn, import.meta.url), 'utf8');
        assert.ok(text.includes(`'${code}'`), `${scenario.shownIn} does not show it`);
        return;
      }
      const { type, title, status, code: shownCode, detail = '' } = await scenario(bank);
      assert.equal(type, problemType(code));
      const kind = problemKinds[code];
      assert.deepEqual([status, title], [kind.status, kind.title]);
      assert.equal(shownCode, code === 'declared-fault' ? 'insufficient-funds' : code);
      assert.ok(detail.length > 10, detail);
    });
});
