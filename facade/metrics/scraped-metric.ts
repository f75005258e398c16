import type { Metric, Registry } from 'prom-client';
import type { DurationHistogram } from './duration-histogram.ts';

/** Label values; none of them may come from a request. */
export type Labels = Readonly<Record<string, string>>;

export type Sample = readonly [labels: Labels, value: number];

/** A metric whose numbers are kept elsewhere and are read when it is asked for. */
interface Scraped {
  readonly name: string;
  readonly help: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly values: () => readonly ScrapedValue[] | Promise<readonly ScrapedValue[]>;
}

interface ScrapedValue {
  readonly metricName?: string;
  readonly labels: Readonly<Record<string, string | number>>;
  readonly value: number;
}

export function addCounter(registry: Registry, name: string, help: string, samples: () => Sample[]): void {
  add(registry, { name, help, type: 'counter', values: () => samples().map(toValue) });
}

export function addGauge(
  registry: Registry,
  name: string,
  help: string,
  samples: () => Sample[] | Promise<Sample[]>,
): void {
  const values = (): ScrapedValue[] | Promise<ScrapedValue[]> => {
    const taken = samples();
    return taken instanceof Promise ? taken.then((known) => known.map(toValue)) : taken.map(toValue);
  };
  add(registry, { name, help, type: 'gauge', values });
}

export function addHistogram(
  registry: Registry,
  name: string,
  help: string,
  samples: () => (readonly [Labels, DurationHistogram])[],
): void {
  const values = (): ScrapedValue[] =>
    samples().flatMap(([labels, histogram]) => histogramValues(name, labels, histogram));
  add(registry, { name, help, type: 'histogram', values });
}

function histogramValues(name: string, labels: Labels, histogram: DurationHistogram): ScrapedValue[] {
  const { buckets, sum } = histogram.read();
  return [
    ...buckets.map(([le, value]) => ({
      metricName: `${name}_bucket`,
      labels: { ...labels, le: le === Infinity ? '+Inf' : String(le) },
      value,
    })),
    { metricName: `${name}_sum`, labels, value: sum },
    { metricName: `${name}_count`, labels, value: buckets.at(-1)![1] },
  ];
}

function toValue([labels, value]: Sample): ScrapedValue {
  return { labels, value };
}

function add(registry: Registry, { name, help, type, values }: Scraped): void {
  const metric = {
    name,
    help,
    type,
    aggregator: 'sum',
    get: async () => ({ name, help, type, aggregator: 'sum', values: await values() }),
    reset: () => undefined,
  };
  // What a registry asks of a metric is this; the declared type is a class with private members.
  registry.registerMetric(metric as unknown as Metric);
}
