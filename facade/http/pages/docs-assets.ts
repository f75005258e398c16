import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const bundled = fileURLToPath(new URL('./docs-assets/', import.meta.url));

/** Folder with Swagger UI's files: beside the built code (docs/adr/0004), or in development where npm put them. */
export function docsAssetsFolder(): string {
  if (existsSync(join(bundled, 'swagger-ui.css'))) return bundled;
  return dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
}
