import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { Express } from 'express';
import { porticoSchema } from '../../config/portico-schema.ts';
import { docsAssetsFolder } from './docs-assets.ts';
import { docsPage, docsSecurityPolicy, docsStartScript } from './docs-page.ts';
import type { NegotiateCoding } from '../coding/content-coding.ts';
import { keptPage } from './kept-page.ts';
import { addPage } from './page.ts';

const PERMANENT_REDIRECT = 308;

/** `/docs`: the API to read and try, without a byte from elsewhere; and the schema of portico.yaml, for editors. */
export function addDocs(app: Express, negotiateCoding: NegotiateCoding): void {
  const folder = docsAssetsFolder();
  addPage(app, '/docs', (request, response) => {
    // Below `/docs/` the page's relative addresses would lead elsewhere.
    if (request.path.endsWith('/')) {
      response.redirect(PERMANENT_REDIRECT, '../docs');
      return;
    }
    response.setHeader('Content-Security-Policy', docsSecurityPolicy);
    response.type('html').send(docsPage);
  });
  addPage(app, '/docs/start.js', (_request, response) => void response.type('js').send(docsStartScript));
  addPage(
    app,
    '/docs/portico.schema.json',
    keptPage('json', () => JSON.stringify(porticoSchema), negotiateCoding),
  );
  for (const file of ['swagger-ui.css', 'swagger-ui-bundle.js']) {
    const show = keptPage(extname(file), () => readFile(join(folder, file), 'utf8'), negotiateCoding);
    addPage(app, `/docs/${file}`, (request, response, next) => {
      response.setHeader('Cache-Control', 'public, max-age=3600');
      return show(request, response, next);
    });
  }
}
