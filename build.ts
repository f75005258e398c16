import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Compiles to dist/ what `npm pack` ships, with the assets of /docs bundled beside the code that serves them. */
const root = import.meta.dirname;
const resolveFrom = createRequire(import.meta.url);

rmSync(join(root, 'dist'), { recursive: true, force: true });
const tsc = join(dirname(resolveFrom.resolve('typescript/package.json')), 'bin', 'tsc');
execFileSync(process.execPath, [tsc, '-p', join(root, 'tsconfig.build.json')], { stdio: 'inherit' });

const swagger = dirname(resolveFrom.resolve('swagger-ui-dist/package.json'));
const assets = join(root, 'dist', 'facade', 'http', 'docs-assets');
mkdirSync(assets, { recursive: true });
for (const file of ['swagger-ui.css', 'swagger-ui-bundle.js', 'LICENSE', 'NOTICE']) {
  cpSync(join(swagger, file), join(assets, file));
}
for (const path of ['wsdl', 'portico.yaml']) {
  cpSync(join(root, 'examples/bank', path), join(root, 'dist/examples/bank', path), { recursive: true });
}

// What portico.yaml is checked by, as code: a start need not compile it.
const config = join(root, 'dist', 'facade', 'config');
const { schemaAsCode } = (await import(pathToFileURL(join(config, 'compiled-schema.js')).href)) as {
  schemaAsCode: () => string;
};
writeFileSync(join(config, 'portico-schema.cjs'), schemaAsCode());
