import assert from 'node:assert/strict';

/** Values by series, `name{label="value"}` as it is written. Fails for a text that Prometheus would refuse. */
export function parseExposition(text: string): Map<string, number> {
  const series = new Map<string, number>();
  for (const line of text.split('\n')) {
    if (line === '' || line.startsWith('#')) continue;
    const [, name, value] = /^([a-zA-Z_:][\w:]*(?:\{.*\})?) (\S+)$/.exec(line) ?? [];
    assert.ok(name !== undefined && value !== undefined, `no sample: ${line}`);
    assert.ok(!series.has(name), `twice: ${name}`);
    series.set(name, value === '+Inf' ? Infinity : Number(value));
  }
  return series;
}
