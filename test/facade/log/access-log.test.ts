import assert from 'node:assert/strict';
import { pino } from 'pino';
import { accessLogOf, createAccessLog, type LoggedRequest } from '../../../facade/log/access-log.ts';
import { createCallerMembers, type LoggedCaller } from '../../../facade/log/caller-members.ts';
import type { ShownSubject } from '../../../facade/config/observability-config.ts';

const caller: LoggedCaller = {
  principal: { issuer: 'i', subject: 'anna "a"', scopes: new Set(), claims: { client_id: 'app' } },
  subjectHash: '0123456789abcdef',
};
const full: LoggedRequest = {
  requestId: 'r-1',
  trace: {
    traceId: 'a'.repeat(32),
    spanId: 'b'.repeat(16),
    parentId: 'c'.repeat(16),
    isSampled: true,
    tracestate: 'x=1',
  },
  route: '/v1/"x"/{y}',
  operation: { service: 'bank', operationId: 'get.x' },
  caller,
  code: 'not-found',
  cache: 'hit',
};

function linesOf(
  request: LoggedRequest,
  shown: ShownSubject = 'hash',
  method = 'GET',
): Record<string, unknown> {
  const lines: string[] = [];
  const log = createAccessLog((line) => lines.push(line), createCallerMembers(shown));
  log(request, method, 404, 7, 512);
  log(request, method, 404, 7, 512);
  const [first, second] = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  assert.deepEqual({ ...first, time: 0 }, { ...second, time: 0 });
  assert.match(String(first?.['time']), /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  return { ...first, time: undefined };
}

describe('The line of a request', () => {
  it('tells who called what, how it ended, and where it stands in a trace', () => {
    assert.deepEqual(linesOf(full), {
      level: 30,
      time: undefined,
      requestId: 'r-1',
      trace_id: 'a'.repeat(32),
      span_id: 'b'.repeat(16),
      parent_span_id: 'c'.repeat(16),
      trace_flags: '01',
      route: '/v1/"x"/{y}',
      service: 'bank',
      operation: 'get.x',
      client: 'app',
      subject: '0123456789abcdef',
      code: 'not-found',
      cache: 'hit',
      method: 'GET',
      status: 404,
      ms: 7,
      bytes: 512,
      msg: 'request',
    });
  });

  it('leaves out what is not known', () => {
    const known = Object.keys(linesOf({ requestId: 'r-2' }));
    assert.deepEqual(known, ['level', 'time', 'requestId', 'method', 'status', 'ms', 'bytes', 'msg']);
    assert.equal(linesOf({ requestId: 'r-3', route: '/healthz' })['route'], '/healthz');
  });

  it('names the subject as configured, but never by a card or an account', () => {
    assert.equal(linesOf(full, 'plain')['subject'], 'anna "a"');
    assert.equal(linesOf(full, 'off')['subject'], undefined);
    const account = { ...caller, principal: { ...caller.principal, subject: 'DE89370400440532013000' } };
    assert.equal(linesOf({ ...full, caller: account }, 'plain')['subject'], '[masked]');
  });

  it('stays a line, whatever the method is called', () => {
    assert.equal(linesOf(full, 'hash', 'M"\n')['method'], 'M"\n');
  });

  it('is the same by the logger of another', () => {
    const lines: string[] = [];
    const logger = pino({ base: null, timestamp: false }, { write: (line) => void lines.push(line) });
    accessLogOf(logger, createCallerMembers('hash'))(full, 'GET', 404, 7, 512);
    assert.deepEqual({ ...JSON.parse(lines[0]!), time: undefined }, linesOf(full));
  });
});
