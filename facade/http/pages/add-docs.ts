import { join } from 'node:path';
import type { Express } from 'express';
import { porticoSchema } from '../../config/portico-schema.ts';
import { docsAssetsFolder } from './docs-assets.ts';
import { docsPage, docsSecurityPolicy, docsStartScript } from './docs-page.ts';
import { addPage } from './page.ts';

const PERMANENT_REDIRECT = 308;

/** `/docs`: the API to read and try, without a byte from elsewhere; and the schema of portico.yaml, for editors. */
export function addDocs(app: Express): void {
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
  const schema = JSON.stringify(porticoSchema);
  addPage(app, '/docs/portico.schema.json', (_request, response) => void response.type('json').send(schema));
  for (const file of ['swagger-ui.css', 'swagger-ui-bundle.js']) {
    addPage(app, `/docs/${file}`, (_request, response, next) => {
      // Express leaves one that is there.
      response.removeHeader('Cache-Control');
      response.sendFile(join(folder, file), { maxAge: '1h', dotfiles: 'allow' }, (error?: Error) => {
        if (error !== undefined) next(error);
      });
    });
  }
}
