import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { describeFacade } from '../../../facade/index.ts';
import { configOf, startBank, type Bank } from '../bank.ts';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
  existsSync(path),
);

describe('the pages', () => {
  let bank: Bank;
  before(async () => {
    bank = await startBank({ yaml: 'openapi: { title: Bank of Tests }' });
  });
  after(() => bank.close());
  const open = (path: string): Promise<Response> => fetch(bank.url + path);

  it('say that the process is healthy, and which services are reachable', async () => {
    assert.deepEqual(await (await open('/healthz')).json(), { status: 'ok' });
    const ready = await open('/readyz');
    assert.equal(ready.status, 200);
    assert.deepEqual(await ready.json(), {
      status: 'ready',
      services: { bank: 'reachable' },
      endpoints: { bank: [{ index: 0, circuit: 'closed' }] },
      bus: 'connected',
      issuers: { 'portico-development': 'fresh' },
    });
  });

  it('say with 503 that no service is reachable', async () => {
    const away = {
      send: () => Promise.reject(new Error('away')),
      isReachable: () => Promise.resolve(false),
      close: () => Promise.resolve(),
    };
    const other = await startBank({ options: { connectors: { bank: away } } });
    try {
      const ready = await fetch(`${other.url}/readyz`);
      assert.equal(ready.status, 503);
      assert.deepEqual(await ready.json(), {
        status: 'unavailable',
        services: { bank: 'unreachable' },
        endpoints: { bank: [] },
        bus: 'connected',
        issuers: { 'portico-development': 'fresh' },
      });
    } finally {
      await other.close();
    }
  });

  it('describe the API, the same as without a server', async () => {
    const document = (await (await open('/openapi.json')).json()) as {
      openapi: string;
      info: { title: string };
      paths: object;
    };
    assert.match(document.openapi, /^3\.1\./);
    assert.equal(document.info.title, 'Bank of Tests');
    assert.deepEqual(Object.keys(document.paths).sort(), [
      '/v1/accounts/{accountId}',
      '/v1/accounts/{from}/transfers',
      '/v1/cached/{accountId}',
      '/v1/notices',
      '/v1/transfers',
    ]);
    assert.deepEqual(document, JSON.parse(JSON.stringify(bank.facade.openApi)));
    const described = await describeFacade({
      config: configOf('services: { bank: { wsdl: bank.wsdl } }'),
      configDir: bank.folder,
    });
    assert.equal(Object.keys(described.paths).length, 3, 'inferred routes');
  });

  it('give editors the schema of portico.yaml', async () => {
    assert.match(await (await open('/docs/portico.schema.json')).text(), /"title":"portico\.yaml"/);
  });

  it('name no other host in /docs, and forbid inline scripts', async () => {
    const page = await open('/docs');
    assert.match(page.headers.get('content-type') ?? '', /text\/html/);
    assert.match(page.headers.get('content-security-policy') ?? '', /default-src 'none'; script-src 'self';/);
    const html = await page.text();
    assert.doesNotMatch(html, /https?:|\/\//);
    assert.doesNotMatch(html, /<script>|style=|\son\w+=/);
    for (const [, path = ''] of html.matchAll(/(?:href|src)="(docs\/[^"]+)"/g))
      assert.equal((await open(`/${path}`)).status, 200, path);
  });

  it('show the operations in a browser that can reach nothing else', async function () {
    if (CHROMIUM === undefined) {
      console.log('No Chromium here: /docs is not opened in a browser.');
      this.skip();
    }
    const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
    try {
      const page = await browser.newPage();
      const foreign: string[] = [];
      const complaints: string[] = [];
      page.on('request', (request) => {
        if (!request.url().startsWith(bank.url) && !request.url().startsWith('data:'))
          foreign.push(request.url());
      });
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(error.message));
      await page.goto(`${bank.url}/docs/`);
      await page.getByText('/v1/transfers', { exact: true }).first().waitFor();
      assert.equal(await page.locator('.opblock').count(), 5);
      await page.locator('.opblock-summary').first().click();
      await page.getByRole('button', { name: 'Try it out' }).click();
      await page.locator('.btn.execute').waitFor();
      await page.locator('.btn.authorize').first().click();
      await page.locator('.auth-container input').first().waitFor();
      assert.deepEqual([foreign, complaints], [[], []]);
    } finally {
      await browser.close();
    }
  });
});
