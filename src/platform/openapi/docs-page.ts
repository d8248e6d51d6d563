import swaggerUi, { type SwaggerUiOptions } from 'swagger-ui-express';
import type { Texts } from '../../infra/i18n/texts.js';
import { CONTENT_LANGUAGE, LANGUAGES, type Language } from '../../kernel/languages.js';
import { chromeTexts } from './chrome.js';

/** Where the pages find their scripts and styles. */
export const ASSETS_PATH = '/docs/assets';

/** Files of Swagger UI that its page asks for; nothing else of the package is served. */
export const SWAGGER_FILES = [
  'swagger-ui.css',
  'swagger-ui-bundle.js',
  'swagger-ui-standalone-preset.js',
  'favicon-32x32.png',
  'favicon-16x16.png',
];

/** Our own additions to the page, in `public/`. */
export const OWN_FILES = ['docs.css', 'docs.js'];

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);

/** Options of Swagger UI for one language; what cannot be said as data stands in `public/docs.js`. */
export const swaggerOptions = (language: Language): SwaggerUiOptions => ({
  swaggerUrl: `/openapi.${language}.json`,
  swaggerOptions: {
    layout: 'BaseLayout',
    docExpansion: 'none',
    defaultModelsExpandDepth: 0,
    filter: true,
    displayRequestDuration: true,
    // The public validator would be told the address of every portal that is looked at.
    validatorUrl: null,
  },
});

/** Links to both languages, each in its own; the current one is marked. */
const languageSwitch = (texts: Texts, language: Language): string => {
  const link = (target: Language) =>
    `<a href="/docs/${target}" hreflang="${CONTENT_LANGUAGE[target]}" lang="${CONTENT_LANGUAGE[target]}"${
      target === language ? ' aria-current="page"' : ''
    }>${escapeHtml(texts.t(target, 'documentation:switchLabel'))}</a>`;
  const label = escapeHtml(texts.t(language, 'reference:page.languages'));
  return `<nav class="languages" aria-label="${label}">${LANGUAGES.map(link).join('')}</nav>`;
};

const header = (texts: Texts, language: Language): string =>
  `<header class="portal"><a class="home" href="/docs/${language}">${escapeHtml(
    texts.t(language, 'documentation:title'),
  )}</a>${languageSwitch(texts, language)}</header>`;

/** Texts for `public/docs.js`: a data block, which a content security policy does not take for a script. */
const chromeBlock = (texts: Texts, language: Language): string => {
  const json = JSON.stringify(chromeTexts(texts, language)).replaceAll('<', '\\u003c');
  return `<script type="application/json" id="chrome-texts">${json}</script>`;
};

/** Replaces a part of Swagger UI's page; a part that is not there any more is a fault to be seen at once. */
const exchange = (html: string, part: string | RegExp, by: string): string => {
  const changed = html.replace(part, () => by);
  if (changed === html) throw new Error(`the page of swagger-ui-express has no ${part} any more`);
  return changed;
};

/**
 * Swagger UI's page in one language. Its inline styles are taken out, so that the page needs no exception from
 * its content security policy.
 */
export const docsPage = (texts: Texts, language: Language): string => {
  const options = swaggerOptions(language);
  const title = escapeHtml(texts.t(language, 'documentation:pageTitle'));
  const html = swaggerUi.generateHTML(undefined, {
    ...options,
    customSiteTitle: title,
    customJs: `${ASSETS_PATH}/docs.js`,
  });
  const edits: [string | RegExp, string][] = [
    [/^\s*<!--.*?-->\s*/s, ''],
    ['<html lang="en">', `<html lang="${CONTENT_LANGUAGE[language]}">`],
    [/<style>.*?<\/style>/s, `<link rel="stylesheet" href="${ASSETS_PATH}/docs.css">`],
    [/<style>.*?<\/style>/s, ''],
    [
      '<meta charset="UTF-8">',
      '<meta charset="UTF-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
    ],
    [' style="position:absolute;width:0;height:0"', ' width="0" height="0" class="sprites"'],
    ['<div id="swagger-ui">', `${header(texts, language)}${chromeBlock(texts, language)}<div id="swagger-ui">`],
    ['./swagger-ui-init.js', `/docs/${language}/swagger-ui-init.js`],
    [/"\.\//g, `"${ASSETS_PATH}/`],
  ];
  return edits.reduce((page, [part, by]) => exchange(page, part, by), html);
};

/** The page for readers who state no language: neither is taken for them, so it asks in both. */
export const choicePage = (texts: Texts): string => {
  const entry = (language: Language) => `<li lang="${CONTENT_LANGUAGE[language]}"><a href="/docs/${language}"
      hreflang="${CONTENT_LANGUAGE[language]}"><strong>${escapeHtml(texts.t(language, 'documentation:switchLabel'))}</strong>
      <span>${escapeHtml(texts.t(language, 'documentation:title'))}</span></a></li>`;
  const titles = LANGUAGES.map((language) => texts.t(language, 'documentation:pageTitle'));
  return `<!DOCTYPE html>
<html lang="mul">
<head>
  <meta charset="UTF-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>${escapeHtml(titles.join(' / '))}</title>
  <link rel="icon" type="image/png" href="${ASSETS_PATH}/favicon-32x32.png" sizes="32x32">
  <link rel="stylesheet" href="${ASSETS_PATH}/docs.css">
</head>
<body class="choice"><main><ul>${LANGUAGES.map(entry).join('')}</ul></main></body>
</html>
`;
};
