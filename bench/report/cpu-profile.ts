/** What node --cpu-prof writes, as far as it is read here. */
export interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
    readonly children?: readonly number[];
  }[];
  readonly samples: readonly number[];
  /** Microseconds since the sample before. */
  readonly timeDeltas: readonly number[];
}

/** A function as it was called from the one above it. Times in microseconds. */
export interface Frame {
  readonly name: string;
  readonly place: string;
  self: number;
  total: number;
  readonly children: Frame[];
}

/** The tree of calls, without the time in which nothing was done. */
export function toFrames({ nodes, samples, timeDeltas }: CpuProfile): Frame {
  const self = new Map<number, number>();
  samples.forEach((id, index) => self.set(id, (self.get(id) ?? 0) + timeDeltas[index]!));
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const build = (id: number): Frame => {
    const { callFrame, children = [] } = byId.get(id)!;
    const isIdle = callFrame.functionName === '(idle)';
    const own = isIdle ? 0 : (self.get(id) ?? 0);
    const below = children.map(build);
    const total = below.reduce((sum, child) => sum + child.total, own);
    return {
      name: callFrame.functionName || '(anonymous)',
      place: placeOf(callFrame),
      self: own,
      total,
      children: below,
    };
  };
  return build(nodes[0]!.id);
}

/** `dist/chunk-AQA4IQZA.js:62`, `undici/lib/api/api-request.js:80`, `node:_http_server:12`. */
function placeOf({ url, lineNumber }: { readonly url: string; readonly lineNumber: number }): string {
  if (url === '') return '';
  const path = url
    .split('/node_modules/')
    .at(-1)!
    .replace(/^file:\/\/.*?\/(?=(dist|bench)\/)/, '');
  return `${path}:${lineNumber + 1}`;
}

/** Functions by their own time, the most first. */
export function selfTimes(root: Frame): readonly { readonly name: string; readonly part: number }[] {
  const times = new Map<string, number>();
  const visit = (frame: Frame): void => {
    const key = `${frame.name} ${frame.place}`.trim();
    times.set(key, (times.get(key) ?? 0) + frame.self);
    frame.children.forEach(visit);
  };
  visit(root);
  return [...times]
    .map(([name, time]) => ({ name, part: time / root.total }))
    .sort((left, right) => right.part - left.part);
}
