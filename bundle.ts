import { build, type Metafile, type Plugin } from 'esbuild';

/** Where the program begins: from outside, for the benchmark, and as a thread of its own. */
const ENTRIES: Readonly<Record<string, string>> = {
  index: 'index.ts',
  cli: 'cli/main.ts',
  facade: 'facade/index.ts',
  'mock-bank': 'examples/bank/mock-bank.ts',
  'sqlite-worker': 'facade/commands/sqlite/sqlite-worker.ts',
};

/**
 * Our code as few files, all in `folder` itself: what a module looks for beside itself by `import.meta.url` is there. What is
 * imported when it is needed stays apart, and packages stay where npm puts them (docs/adr/0128). Names stay as they are written.
 */
export async function bundle(root: string, folder: string): Promise<Metafile> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ENTRIES,
    outdir: folder,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    packages: 'external',
    // Numbers with a name become numbers: a file's constants are variables in what esbuild writes, which loops over bytes would read.
    minifySyntax: true,
    plugins: [plainHttp],
    metafile: true,
    logLevel: 'warning',
  });
  return metafile;
}

/**
 * `import ... from 'node:http'` reads all of its names, and for one of them, WebSocket, Node compiles a whole undici: 40 ms and
 * 2.5 MB of a start. Taken name by name that is left undone.
 */
const plainHttp: Plugin = {
  name: 'plain node:http',
  setup(building) {
    building.onResolve({ filter: /^node:http$/ }, ({ path }) => ({ path, namespace: 'plain' }));
    building.onLoad({ filter: /^node:http$/, namespace: 'plain' }, () => ({ contents: takeNames() }));
  },
};

function takeNames(): string {
  const described = Object.entries(Object.getOwnPropertyDescriptors(process.getBuiltinModule('node:http')));
  const names = described.filter(([, descriptor]) => 'value' in descriptor).map(([name]) => name);
  return `export const { ${names.join(', ')} } = process.getBuiltinModule('node:http');`;
}
