import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WireFault } from '../../../mocks/wire/wire-fault.ts';
import { createMockServer, type MockServer } from '../../../mocks/index.ts';
import { bankWsdl } from '../bank-wsdl.ts';
import { startBank, type Bank } from '../bank.ts';

const transfer = { from: '4711', amount: '10.00', currency: 'EUR' };

/** What a caller sees of a fault between facade and service. */
interface Reaction {
  readonly wire: WireFault;
  /** Status and code of the problem; of an answer that is all right the status alone. */
  readonly answer: readonly [status: number, code?: string];
  /** `unknown`: a write may have been carried out, and the caller is told. */
  readonly outcome?: 'unknown';
  /** Whether it counts against the endpoint, whose circuit opens when such calls are too many. */
  readonly accuses: boolean;
  /** Default 1. */
  readonly timeoutSeconds?: number;
  /** How often a read is sent that gets this answer the first time. */
  readonly reads: 1 | 2;
}

const CUT_OFF = { answer: [502, 'upstream-cut-off'], outcome: 'unknown', accuses: true } as const;
const INVALID = { answer: [502, 'invalid-upstream-response'], outcome: 'unknown' } as const;

const reactions: Readonly<Record<string, Reaction>> = {
  'a reset before the answer': { wire: { kind: 'reset', at: 'start' }, ...CUT_OFF, reads: 2 },
  'a reset after the headers': { wire: { kind: 'reset', at: 'headers' }, ...CUT_OFF, reads: 2 },
  'a reset in the body': { wire: { kind: 'reset', at: 'body' }, ...CUT_OFF, reads: 1 },
  'an answer cut off': { wire: { kind: 'truncate' }, ...CUT_OFF, reads: 1 },
  'an answer that is no HTTP': { wire: { kind: 'no-http' }, ...CUT_OFF, reads: 2 },
  'an answer that drips too slowly': {
    wire: { kind: 'drip', bytes: 1, milliseconds: 100 },
    answer: [504, 'upstream-timeout'],
    outcome: 'unknown',
    accuses: true,
    reads: 1,
  },
  'no answer': {
    wire: { kind: 'none' },
    answer: [504, 'upstream-timeout'],
    outcome: 'unknown',
    accuses: true,
    reads: 1,
  },
  'garbage for an envelope': { wire: { kind: 'garbage' }, ...INVALID, accuses: false, reads: 1 },
  'an empty answer': { wire: { kind: 'empty' }, ...INVALID, accuses: false, reads: 1 },
  'an envelope under a wrong media type': {
    wire: { kind: 'content-type', value: 'application/json' },
    ...INVALID,
    accuses: false,
    reads: 1,
  },
  'an HTML page with 502': { wire: { kind: 'html', status: 502 }, ...INVALID, accuses: true, reads: 2 },
  'an HTML page with 200': { wire: { kind: 'html', status: 200 }, ...INVALID, accuses: false, reads: 1 },
  'an answer that is too large': {
    wire: { kind: 'huge', bytes: 100_000_000 },
    answer: [502, 'upstream-too-large'],
    outcome: 'unknown',
    accuses: false,
    timeoutSeconds: 20,
    reads: 1,
  },
  'an answer that drips, but not too slowly': {
    wire: { kind: 'drip', bytes: 200, milliseconds: 1 },
    answer: [201],
    accuses: false,
    reads: 1,
  },
};

describe('the facade before a service with', function () {
  this.timeout(30_000);
  let mock: MockServer;
  let folder: string;
  const closing: Bank[] = [];

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'portico-wire-'));
    await writeFile(join(folder, 'bank.wsdl'), bankWsdl);
    mock = await createMockServer({ wsdl: join(folder, 'bank.wsdl') });
  });
  afterEach(async () => {
    for (const bank of closing.splice(0)) await bank.close();
    mock.reset();
  });
  after(async () => {
    await mock.close();
    await rm(folder, { recursive: true });
  });

  async function bankBefore(timeoutSeconds = 1): Promise<Bank> {
    const policies = [
      `timeoutSeconds: ${timeoutSeconds}`,
      'circuitBreaker: { minimumCalls: 2, failurePercent: 60, probeSeconds: 3600 }',
    ];
    const bank = await startBank({ endpoint: mock.endpointOf('Bank', 'BankPort'), policies });
    closing.push(bank);
    return bank;
  }

  for (const [title, { wire, answer, outcome, accuses, reads, timeoutSeconds }] of Object.entries(
    reactions,
  )) {
    it(`${title}: a write is sent once and answered ${answer.join(' ')}`, async () => {
      const bank = await bankBefore(timeoutSeconds);
      mock.switches.put('wire', { wire });
      const response = await bank.post('/v1/transfers', transfer);
      const problem = (await response.json()) as { code?: string; outcome?: string };
      assert.deepEqual([response.status, problem.code, problem.outcome], [answer[0], answer[1], outcome]);
      await mock.verify({ operation: 'Transfer', exactly: 1 });
    });

    it(`${title}: the endpoint is ${accuses ? '' : 'not '}to blame`, async () => {
      const bank = await bankBefore(timeoutSeconds);
      mock.switches.put('wire', { wire });
      const codes: (string | undefined)[] = [];
      for (let turn = 0; turn < 3; turn += 1) {
        const response = await bank.post('/v1/transfers', transfer);
        codes.push(((await response.json()) as { code?: string }).code);
      }
      assert.deepEqual(codes, [answer[1], answer[1], accuses ? 'upstream-failing' : answer[1]]);
      await mock.verify({ operation: 'Transfer', exactly: accuses ? 2 : 3 });
    });

    it(`${title}: a read is sent ${reads === 1 ? 'once' : 'again'}`, async () => {
      const bank = await bankBefore(timeoutSeconds);
      mock.switches.put('wire', { wire, times: 1 });
      const { status } = await bank.call('/v1/accounts/4711');
      assert.equal(status, answer[0] === 201 || reads === 2 ? 200 : answer[0]);
      await mock.verify({ operation: 'GetAccount', exactly: reads });
    });
  }

  it('a SOAP Fault that comes with 200: a fault all the same, and nobody to blame', async () => {
    const bank = await bankBefore();
    await mock.putScenario({
      name: 'fault',
      operation: 'Transfer',
      answer: { fault: { reason: 'closed', category: 'Sender' }, wire: { status: { status: 200 } } },
    });
    for (let turn = 0; turn < 3; turn += 1) {
      const response = await bank.post('/v1/transfers', transfer);
      const { code } = (await response.json()) as { code?: string };
      assert.deepEqual([response.status, code], [422, 'soap-client-fault']);
    }
  });

  it('a connection that was promised to be kept and is dead: a write on it is not repeated, a read is', async () => {
    const bank = await bankBefore();
    mock.switches.put('wire', { wire: { kind: 'stale' } });
    assert.equal((await bank.post('/v1/transfers', transfer)).status, 201);
    const response = await bank.post('/v1/transfers', transfer);
    const problem = (await response.json()) as { code?: string; outcome?: string };
    assert.deepEqual([response.status, problem.code, problem.outcome], [502, 'upstream-cut-off', 'unknown']);
    assert.equal((await bank.call('/v1/accounts/4711')).status, 200);
    assert.equal((await bank.call('/v1/accounts/4711')).status, 200);
    await mock.verify({ operation: 'Transfer', exactly: 1 });
  });
});
