import type { YamlNode } from '../source/yaml-node.ts';
import type { Delay } from '../scenario.ts';

/** No test waits longer for one answer. */
const LONGEST = 600_000;

/**
 * `delayMilliseconds`: a number, or one of `{ uniform: [from, to] }`, `{ normal: { mean, deviation } }`, `{ logNormal: { median, sigma } }`,
 * `{ percentiles: { 50: 20, 90: 100, 99: 1000 } }`.
 */
export function readDelay(node: YamlNode | undefined): Delay | undefined {
  if (node === undefined) return undefined;
  if (!node.isMap) {
    const milliseconds = node.readNumber(0, LONGEST);
    return milliseconds === undefined ? undefined : { kind: 'fixed', milliseconds };
  }
  const members = node.readMap(['uniform', 'normal', 'logNormal', 'percentiles']);
  const [member, another] = members;
  if (member === undefined || another !== undefined) {
    node.fail('must be a number of milliseconds, or one of uniform, normal, logNormal, percentiles');
    return undefined;
  }
  const [kind, value] = member;
  switch (kind) {
    case 'uniform':
      return readUniform(value);
    case 'percentiles':
      return readPercentiles(value);
    default:
      return kind === 'normal' ? readNormal(value) : readLogNormal(value);
  }
}

function readUniform(node: YamlNode): Delay | undefined {
  const [from, to, more] = node
    .readList('[from, to] in milliseconds')
    .map((one) => one.readNumber(0, LONGEST));
  if (from === undefined || to === undefined || more !== undefined || to < from) {
    node.fail('must be [from, to] in milliseconds, the smaller first');
    return undefined;
  }
  return { kind: 'uniform', from, to };
}

function readNormal(node: YamlNode): Delay | undefined {
  const members = node.readMap(['mean', 'deviation']);
  const mean = members.get('mean')?.readNumber(0, LONGEST);
  const deviation = members.get('deviation')?.readNumber(0, LONGEST);
  if (mean === undefined || deviation === undefined) {
    node.fail('must have mean and deviation, in milliseconds');
    return undefined;
  }
  return { kind: 'normal', mean, deviation };
}

function readLogNormal(node: YamlNode): Delay | undefined {
  const members = node.readMap(['median', 'sigma']);
  const median = members.get('median')?.readNumber(0, LONGEST);
  const sigma = members.get('sigma')?.readNumber(0, 10);
  if (median === undefined || sigma === undefined) {
    node.fail('must have median, in milliseconds, and sigma, from 0 to 10');
    return undefined;
  }
  return { kind: 'logNormal', median, sigma };
}

function readPercentiles(node: YamlNode): Delay | undefined {
  const points = Array.from(
    node.readMap(),
    ([percent, value]) => [Number(percent), value.readNumber(0, LONGEST) ?? 0] as const,
  );
  const isSorted = points.every(([percent, value], index) => {
    const [before, valueBefore] = points[index - 1] ?? [0, 0];
    return percent > before && percent <= 100 && value >= valueBefore;
  });
  if (points.length === 0 || !isSorted) {
    node.fail('must be a map from percent (above 0, to 100) to milliseconds, both rising');
    return undefined;
  }
  return { kind: 'percentiles', points };
}
