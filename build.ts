import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { bundle } from './bundle.ts';
import { schemaAsCode } from './facade/config/compiled-schema.ts';

/** Makes dist/, what `npm pack` ships: the program, its types, and the assets of /docs beside the code that serves them. */
const root = import.meta.dirname;
const dist = join(root, 'dist');
const resolveFrom = createRequire(import.meta.url);

rmSync(dist, { recursive: true, force: true });
const tsc = join(dirname(resolveFrom.resolve('typescript/package.json')), 'bin', 'tsc');
execFileSync(process.execPath, [tsc, '-p', join(root, 'tsconfig.build.json')], { stdio: 'inherit' });
await bundle(root, dist);

const swagger = dirname(resolveFrom.resolve('swagger-ui-dist/package.json'));
const assets = join(dist, 'docs-assets');
mkdirSync(assets);
for (const file of ['swagger-ui.css', 'swagger-ui-bundle.js', 'LICENSE', 'NOTICE']) {
  cpSync(join(swagger, file), join(assets, file));
}
for (const path of ['wsdl', 'portico.yaml']) {
  cpSync(join(root, 'examples/bank', path), join(dist, 'examples/bank', path), { recursive: true });
}

// What portico.yaml is checked by, as code: a start need not compile it.
writeFileSync(join(dist, 'portico-schema.cjs'), schemaAsCode());
