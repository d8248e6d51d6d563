import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Browser, chromium, type Page } from 'playwright-core';
import { startPortal, type TestPortal } from '../support/portal.js';

const BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const executable = [process.env.CHROMIUM ?? '', ...BROWSERS].find((path) => path !== '' && existsSync(path));
const inBrowser = executable ? it : it.skip;
if (!executable) {
  process.stderr.write('\nTHE DOCUMENTATION PAGES WERE NOT LOOKED AT: no Chromium here (set CHROMIUM to its path)\n\n');
}

let portal: TestPortal;
beforeAll(async () => {
  portal = await startPortal();
});
afterAll(() => portal?.close());

const ask = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${portal.url}${path}`, { redirect: 'manual', headers: { 'Accept-Language': '', ...headers } });

describe('/docs', () => {
  it.each([
    ['/docs?lang=zh', 'ru', '/docs/zh'],
    ['/docs?lang=ru', 'zh-CN', '/docs/ru'],
    ['/docs', 'ru-RU,ru;q=0.9,zh;q=0.5', '/docs/ru'],
    ['/docs', 'zh-Hant, zh-Hans;q=0.9', '/docs/zh'],
    ['/docs?lang=en', 'zh', '/docs/zh'],
  ])('%s with Accept-Language %s leads to %s', async (path, language, target) => {
    const response = await ask(path, { 'Accept-Language': language });
    expect([response.status, response.headers.get('location')]).toEqual([302, target]);
    expect(response.headers.get('vary')).toBe('Accept-Language');
  });

  it.each(['', 'en-GB', '*'])('asks in both languages where neither is stated (%j)', async (language) => {
    const response = await ask('/docs', { 'Accept-Language': language });
    const html = await response.text();
    expect([response.status, response.headers.get('content-language')]).toEqual([200, 'zh-Hans, ru']);
    expect(html).toContain('href="/docs/zh"');
    expect(html).toContain('href="/docs/ru"');
  });

  it.each(['zh', 'ru'])('/docs/%s needs no exception from its policy', async (language) => {
    const response = await ask(`/docs/${language}`);
    const html = await response.text();
    expect(response.headers.get('content-security-policy')).not.toMatch(/unsafe|\*|https?:/);
    expect(html).toContain(`<html lang="${language === 'zh' ? 'zh-Hans' : 'ru'}">`);
    expect(html.replace(/<script type="application\/json".*?<\/script>/s, '')).not.toMatch(
      /<style|\sstyle=|<script>|\son\w+=|https?:\/\/(?!www\.w3\.org\/)/,
    );
  });

  it('serves what its pages need, and nothing else of the package', async () => {
    const html = await (await ask('/docs/zh')).text();
    for (const [, path] of html.matchAll(/(?:src|href)=["'](\/docs\/[^"']+\.\w+)["']/g)) {
      expect([path, (await ask(path!)).status]).toEqual([path, 200]);
    }
    for (const path of ['package.json', 'absolute-path.js', 'index.html', '..%2Fpackage.json', '']) {
      expect((await ask(`/docs/assets/${path}`)).status).toBe(404);
    }
  });
});

describe('the pages in a browser', () => {
  let browser: Browser | undefined;
  const complaints: string[] = [];

  beforeAll(async () => {
    if (executable) browser = await chromium.launch({ executablePath: executable, args: FLAGS });
  });
  afterAll(() => browser?.close());

  const open = async (path: string, locale: string): Promise<Page> => {
    const page = await browser!.newPage({ locale });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    await page.goto(`${portal.url}${path}`);
    return page;
  };

  /** Words in Latin letters that Swagger UI shows outside the content of the API. */
  const latinWords = (page: Page): Promise<string[]> =>
    page.evaluate(() => {
      const CONTENT =
        'pre, code, textarea, option, script, .markdown, .opblock-summary, header.portal, ' +
        '.renderedMarkdown:not(.parameter__enum):not(.parameter__default), .parameter__enum p, .parameter__default p';
      const OWN_WORDS = '.parameter__enum i, .parameter__default i';
      const NAMES = '.opblock-tag, .parameter__type, .parameter__in, td.header-col, .url, .version, .info .title';
      const TYPES = '.json-schema-2020-12__title, .json-schema-2020-12__attribute, .json-schema-2020-12__constraint';
      // biome-ignore lint/suspicious/noExplicitAny: this runs in the browser, whose types the tests do not load
      const { document } = globalThis as any;
      const found: string[] = [];
      for (const element of document.querySelectorAll('#swagger-ui *')) {
        if (element.offsetParent === null) continue;
        if (element.closest(`${CONTENT}, ${NAMES}, ${TYPES}`) && !element.matches(OWN_WORDS)) continue;
        if (element.matches('div.parameter__name')) continue;
        for (const node of element.childNodes) {
          if (node.nodeType === 3 && /^[\x20-\x7e]*[A-Za-z]{3}[\x20-\x7e]*$/.test(node.nodeValue.trim())) {
            found.push(node.nodeValue.trim());
          }
        }
      }
      return found;
    });

  inBrowser('leads to the language of the browser, and to the other one at the same place', async () => {
    const page = await open('/docs', 'ru-RU');
    await page.waitForSelector('#operations-tag-leads');
    expect(page.url()).toBe(`${portal.url}/docs/ru`);
    await page.click('#operations-tag-leads');
    await page.click('#operations-leads-leadList .opblock-summary-control');
    await page.waitForSelector('#operations-leads-leadList .opblock-body');
    await page.click('nav.languages a[hreflang="zh-Hans"]');
    await page.waitForSelector('#operations-leads-leadList .opblock-body');
    expect(page.url()).toBe(`${portal.url}/docs/zh#/leads/leadList`);
    expect(await page.getAttribute('html', 'lang')).toBe('zh-Hans');
    expect(await page.textContent('nav.languages a[aria-current]')).toBe('中文');
    await page.close();
  });

  inBrowser.each([
    ['zh', 'zh-Hans', '在线试用', '同江'],
    ['ru', 'ru', 'Опробовать', 'Тунцзян'],
  ])('asks in the language of the page and shows the answer (%s)', async (language, tag, tryIt, word) => {
    const page = await open(`/docs/${language}#/leads/leadList`, 'en-US');
    const operation = page.locator('#operations-leads-leadList');
    const button = operation.locator('.try-out__btn');
    await button.waitFor();
    expect(await button.textContent()).toMatch(tryIt);
    await button.click();
    await operation.locator('tr[data-param-name="limit"] input').fill('5');
    const answered = page.waitForResponse((response) => response.url().includes('/api/v1/leads'));
    await operation.locator('.execute').click();
    const response = await answered;
    expect(response.status()).toBe(200);
    expect(response.request().headers()['accept-language']).toBe(tag);
    expect(response.headers()['content-language']).toBe(tag);
    const shown = operation.locator('.live-responses-table .highlight-code').first();
    await shown.waitFor();
    expect(await shown.textContent()).toContain(word);
    await page.close();
  });

  inBrowser.each(['zh', 'ru'])('leaves no English word of its own on the page (%s)', async (language) => {
    const page = await open(`/docs/${language}#/leads/leadUpdate`, 'en-US');
    const operation = page.locator('#operations-leads-leadUpdate');
    await operation.locator('.parameter__enum').first().waitFor();
    expect(await latinWords(page)).toEqual([]);
    await operation.locator('.try-out__btn').click();
    await operation.locator('.execute').click();
    await operation.locator('.tablinks[data-name=model]').first().click();
    await page.waitForTimeout(500);
    expect(await latinWords(page)).toEqual([]);
    await page.click('.btn.authorize');
    await page.waitForSelector('.modal-ux');
    expect((await latinWords(page)).filter((text) => !/^\(?(http, Bearer|apiKey)\)?$/.test(text))).toEqual([]);
    await page.close();
  });

  inBrowser('finds nothing that its policy forbids', () => {
    expect(complaints).toEqual([]);
  });
});
