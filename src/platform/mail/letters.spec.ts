import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { projectFolder } from '../../infra/config/config.js';
import { Texts } from '../../infra/i18n/texts.js';
import { letterOf } from './letters.js';

const texts = Texts.load(join(projectFolder, 'locales'));
const PORTAL = 'https://portal.example.org';

const letter = (title: string, text = title, unsubscribe = `${PORTAL}/api/v1/unsubscriptions?token=x`) =>
  letterOf(texts, 'notification', 'ru', { portal: PORTAL, title, text, unsubscribe });

describe('a letter in words', () => {
  it('G100 has a subject of one line and of bounded length, whatever its title holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (title) => {
        const { subject } = letter(`${title}\r\nBcc: all@example.org\u2028x`);
        expect(subject).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
        expect([...subject].length).toBeLessThanOrEqual(200);
      }),
    );
  });

  it('E85 holds what it was given as it is, and in HTML as text', () => {
    const written = '{{portal}} $t(mail:digest.subject) & <img src=x onerror="a()"> \'';
    const { text, html } = letter(written);
    expect(text).toContain(written);
    expect(html).toContain('{{portal}} $t(mail:digest.subject) &amp; &lt;img src=x onerror=&quot;a()&quot;&gt; &#39;');
  });

  it('links to the portal and to nothing that somebody else has written', () => {
    const { html } = letter('x', `https://evil.example/ ${PORTAL}.evil.example/x`);
    const linked = [...html.matchAll(/<a href="([^"]*)">/g)].map(([, href]) => href);
    expect(linked).toEqual([`${PORTAL}/api/v1/unsubscriptions?token=x`]);
  });

  it('takes of each text in two languages the one that it is written in', () => {
    const values = { portal: PORTAL, title: { zh: '标题', ru: 'Заголовок' }, text: { zh: '正文' }, unsubscribe: '' };
    const { subject, text } = letterOf(texts, 'notification', null, values);
    expect(subject).toMatch(/标题 \/ .*Заголовок/);
    expect(text).toMatch(/正文[\s\S]*———[\s\S]*正文/);
  });
});
