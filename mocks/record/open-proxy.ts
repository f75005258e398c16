import type { CodecOf } from '../codecs.ts';
import type { Endpoint } from '../endpoint.ts';
import type { SoapExchange } from '../soap-exchange.ts';
import type { Recording } from './recording.ts';
import { DriftReport, type Drift } from './drift.ts';
import { createProxyExchange } from './proxy-exchange.ts';
import { MockSetupError } from '../mock-setup-error.ts';

/** A real service behind the mock. */
export interface ProxySettings {
  /** URL that the calls of every port go to, or of each by `Service/Port`; default: the addresses that the contract names. */
  readonly to?: string | Readonly<Record<string, string>>;
  /** A new or empty folder for the calls, as scenario files. */
  readonly record?: string;
  /** In which the service has to answer; default 60,000. */
  readonly timeoutMs?: number;
}

/** What came of being in front of a service so far. */
export interface ProxyFindings {
  /** Different requests that were recorded; answers that could not be kept. */
  readonly recorded: number;
  readonly leftOut: number;
  /** How messages went against the contract. */
  readonly drift: readonly Drift[];
}

export interface Proxy {
  readonly exchange: SoapExchange;
  readonly findings: ProxyFindings;
  /** @throws Error if the recording could not be written */
  close(): Promise<void>;
}

const DEFAULT_TIMEOUT_MS = 60_000;

/** @throws MockSetupError for a port without an address, an address that is none, and a folder that is not empty. */
export async function openProxy(
  { to = {}, record, timeoutMs = DEFAULT_TIMEOUT_MS }: ProxySettings,
  endpoints: readonly Endpoint[],
  options: { readonly codecOf: CodecOf; readonly mostBytes: number },
): Promise<Proxy> {
  const targets = new Map(endpoints.map((endpoint) => [endpoint, targetOf(endpoint, to)]));
  const recording = record === undefined ? undefined : await openRecording(record);
  const report = new DriftReport();
  const exchange = createProxyExchange({
    ...options,
    timeoutMs,
    targetOf: (endpoint) => targets.get(endpoint)!,
    observe: (observation) => {
      report.add(observation);
      recording?.add(observation);
    },
  });
  return {
    exchange,
    findings: {
      get recorded() {
        return recording?.calls ?? 0;
      },
      get leftOut() {
        return recording?.leftOut ?? 0;
      },
      get drift() {
        return report.found;
      },
    },
    close: async () => recording?.close(),
  };
}

/** YAML is loaded only for who records. */
async function openRecording(folder: string): Promise<Recording> {
  const { openRecordingIn } = await import('./recording.ts');
  return openRecordingIn(folder);
}

function targetOf({ service, port }: Endpoint, to: NonNullable<ProxySettings['to']>): string {
  const name = `${service.name}/${port.name}`;
  const url = typeof to === 'string' ? to : (to[name] ?? port.address);
  if (url === undefined)
    throw new MockSetupError(`${name} has no address in its contract; say where the service is`);
  if (!['http:', 'https:'].includes(URL.parse(url)?.protocol ?? ''))
    throw new MockSetupError(`${name}: the service must have an http or https URL`);
  return url;
}
