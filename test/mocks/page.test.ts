import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { chromium, type Browser, type Page } from 'playwright-core';
import { createMockServer, type MockServer } from '../../mocks/index.ts';
import { compileContract } from '../../wsdl/index.ts';
import { skipBecause } from '../services/skip-because.ts';
import { GREETER, withDocuments } from './contracts.ts';
import { postBody } from './soap-client.ts';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
  existsSync(path),
);

describe('the page of a mock', function () {
  this.timeout(60_000);
  let mock: MockServer;
  let browser: Browser;
  let page: Page;
  const foreign: string[] = [];
  const errors: string[] = [];

  before(async function () {
    if (CHROMIUM === undefined) skipBecause(this, 'no Chromium is installed');
    const wsdl = await withDocuments(GREETER, (folder) => compileContract(`${folder}/greeter.wsdl`));
    const answer = { output: { line: ['<b>hello</b>'], mood: 'glad' } };
    const scenarios = { scenarios: [{ name: 'always glad', operation: 'Greet', answer }] };
    mock = await createMockServer({ wsdl, scenarios, coverage: true });
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
    page = await browser.newPage();
    page.on('request', (request) => {
      if (!request.url().startsWith(mock.url)) foreign.push(request.url());
    });
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
    await page.goto(`${mock.url}/__portico`);
  });
  after(async () => {
    if (CHROMIUM === undefined) return;
    await browser.close();
    await mock.close();
  });

  it('shows a call soon after it came, with both messages as texts, once somebody asks for them', async () => {
    await page.getByText('No calls yet.').waitFor();
    const url = mock.endpointOf('Greeter', 'Greeter11');
    await postBody(url, '1.1', '<Greet xmlns="urn:greeter"><Name>4111111111111111</Name></Greet>');
    await page.getByText('scenario always glad').click();
    await page.getByText('[masked]').first().waitFor();
    const text = (await page.locator('main').textContent()) ?? '';
    assert.match(text, /<b>hello<\/b>/);
    assert.doesNotMatch(text, /4111111111111111/);
    assert.equal(await page.locator('main b').count(), 0);
  });

  for (const [tab, words] of Object.entries({
    contract: ['Greeter / Greeter12', 'document/literal', 'Unwelcome'],
    scenarios: ['always glad', 'Greet'],
    state: ['"machines"'],
    coverage: ['Greeter/Greeter11/Greet', '%'],
  }))
    it(`shows ${tab}`, async () => {
      await page.getByRole('tab', { name: tab }).click();
      for (const word of words) await page.getByText(word).first().waitFor();
    });

  it('asks nobody but the mock, and works without an error', () => {
    assert.deepEqual([foreign, errors], [[], []]);
  });
});
