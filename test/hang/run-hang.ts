import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pass } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createDevelopmentToken } from '../../facade/index.ts';
import { bankWsdl } from '../facade/bank-wsdl.ts';
import { parseExposition } from '../facade/metrics/exposition.ts';
import { startCore } from './core.ts';
import { percentile, startLoad, type Sample } from './steady-load.ts';

export interface HangOptions {
  /** How long the core works, and then hangs. */
  readonly seconds: number;
  /** Requests a second, for each of the two services. */
  readonly perSecond: number;
}

/** All in milliseconds. */
export interface HangFigures {
  readonly otherP50Before: number;
  readonly otherP99Before: number;
  readonly otherP50During: number;
  readonly otherP99During: number;
  readonly otherFailures: number;
  /** Of the service that hangs: answers by status while it does. */
  readonly statuses: Readonly<Record<string, number>>;
  /** From the beginning of the hang to the first call refused by the open circuit. */
  readonly circuitOpenAfter: number;
  /** Of refusals by the open circuit. */
  readonly refusedP99: number;
  /** In the process of the facade, while the core hangs. */
  readonly eventLoopP99: number;
  readonly probeInterval: number;
  /** From when the core answers again to the first answer of it. */
  readonly backAfter: number;
}

const PROBE_SECONDS = 1;
const TIMEOUT_SECONDS = 1;
const AT_ONCE_MS = 500;
const program = fileURLToPath(new URL('facade-process.ts', import.meta.url));

const configOf = (core: string, other: string): string => `
server: { port: 0, host: 127.0.0.1 }
auth: { development: true }
rateLimit: { requests: 1000000000 }
log: { access: access.log }
metrics: { port: 0 }
services:
  core:
    wsdl: bank.wsdl
    endpoint: ${core}
    timeoutSeconds: ${TIMEOUT_SECONDS}
    circuitBreaker: { probeSeconds: ${PROBE_SECONDS} }
    routes: [ { operation: GetAccount, method: GET, path: "/core/{accountId}", input: { customerId: token.sub } } ]
  other:
    wsdl: bank.wsdl
    endpoint: ${other}
    routes: [ { operation: GetAccount, method: GET, path: "/other/{accountId}", input: { customerId: token.sub } } ]
`;

/** Two services behind one facade under steady load; one of them stops answering for a while. */
export async function runHang({ seconds, perSecond }: HangOptions): Promise<HangFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'portico-hang-'));
  const [core, other] = [await startCore(), await startCore()];
  writeFileSync(join(folder, 'bank.wsdl'), bankWsdl);
  writeFileSync(join(folder, 'portico.yaml'), configOf(core.url, other.url));
  const token = await createDevelopmentToken({ configDir: folder, subject: 'anna', scopes: [] });
  const child = spawn(process.execPath, [program, join(folder, 'portico.yaml')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  const { port, metricsPort } = JSON.parse(line) as { port: number; metricsPort: number };
  const url = `http://127.0.0.1:${port}`;
  const loads = [startLoad(`${url}/core/1`, token, perSecond), startLoad(`${url}/other/1`, token, perSecond)];
  try {
    await pass(seconds * 1000);
    await eventLoopP99(metricsPort);
    const hungAt = performance.now();
    core.isHanging = true;
    await pass(seconds * 1000);
    const delay = await eventLoopP99(metricsPort);
    const backAt = performance.now();
    core.isHanging = false;
    await backAgain(`${url}/core/1`, token);
    const backAfter = performance.now() - backAt;
    await Promise.all(loads.map((load) => load.stop()));
    const [ofCore, ofOther] = loads.map(({ samples }) => samples);
    return figuresOf(ofCore!, ofOther!, { hungAt, backAt, backAfter, delay });
  } finally {
    await Promise.all(loads.map((load) => load.stop()));
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    await exited;
    core.close();
    other.close();
    rmSync(folder, { recursive: true });
  }
}

interface Times {
  readonly hungAt: number;
  readonly backAt: number;
  readonly backAfter: number;
  readonly delay: number;
}

function figuresOf(ofCore: readonly Sample[], ofOther: readonly Sample[], times: Times): HangFigures {
  const { hungAt, backAt, backAfter, delay } = times;
  // What is asked for just before the process warmed up tells of its start, not of what is measured.
  const before = ofOther.filter(({ at }) => at < hungAt).slice(Math.floor(ofOther.length / 10));
  const during = ofOther.filter(({ at }) => at >= hungAt && at < backAt);
  const hanging = ofCore.filter(({ at }) => at >= hungAt && at < backAt);
  const refused = hanging.filter(({ status, ms }) => status === 503 && ms < AT_ONCE_MS);
  return {
    otherP50Before: percentile(before, 0.5),
    otherP99Before: percentile(before, 0.99),
    otherP50During: percentile(during, 0.5),
    otherP99During: percentile(during, 0.99),
    otherFailures: ofOther.filter(({ status }) => status !== 200).length,
    statuses: Object.fromEntries(
      Map.groupBy(hanging, ({ status }) => String(status))
        .entries()
        .map(([status, samples]) => [status, samples.length]),
    ),
    circuitOpenAfter:
      Math.min(...hanging.filter(({ status }) => status === 503).map(({ at, ms }) => at + ms)) - hungAt,
    refusedP99: percentile(refused, 0.99),
    eventLoopP99: delay,
    probeInterval: PROBE_SECONDS * 1000,
    backAfter,
  };
}

/** Since it was asked last, by perf_hooks' histogram in that process; each scrape begins it anew. */
async function eventLoopP99(metricsPort: number): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
  return parseExposition(text).get('nodejs_eventloop_lag_p99_seconds')! * 1000;
}

async function backAgain(url: string, token: string): Promise<void> {
  for (;;) {
    const { status, body } = await fetch(url, { headers: { Authorization: `Bearer ${token}` } });
    await body?.cancel();
    if (status === 200) return;
  }
}
