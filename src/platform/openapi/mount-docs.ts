import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import swaggerUi from 'swagger-ui-express';
import { projectFolder } from '../../infra/config/config.js';
import { KeptTexts } from '../../infra/i18n/kept-texts.js';
import { Texts } from '../../infra/i18n/texts.js';
import { CONTENT_LANGUAGE, isLanguage, LANGUAGES, type Language, preferredLanguage } from '../../kernel/languages.js';
import { ASSETS_PATH, choicePage, docsPage, OWN_FILES, SWAGGER_FILES, swaggerOptions } from './docs-page.js';
import { OpenApiDocuments } from './open-api-documents.js';

const openApiPath = (language: Language): string => `/openapi.${language}.json`;
const pagePath = (language: Language): string => `/docs/${language}`;

/** Paths of `mountDocs`, for the method guard. */
export const DOCS_PATHS = [
  '/docs',
  ...LANGUAGES.flatMap((language) => [
    openApiPath(language),
    pagePath(language),
    `${pagePath(language)}/swagger-ui-init.js`,
  ]),
  ...[...SWAGGER_FILES, ...OWN_FILES].map((file) => `${ASSETS_PATH}/${file}`),
];

/**
 * What a page may load: its own scripts, styles and answers, nothing inline and nothing from elsewhere.
 * Swagger UI's style sheet holds its icons as data.
 */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const SHORT_CACHE = 'public, max-age=300';

const sendPage = (response: Response, html: string, languages: string): void => {
  response.setHeader('Content-Security-Policy', PAGE_POLICY);
  response.setHeader('Content-Type', 'text/html; charset=utf-8');
  response.setHeader('Content-Language', languages);
  response.setHeader('Cache-Control', SHORT_CACHE);
  response.end(html);
};

/** The language a reader has stated: in the address, or through the browser. */
const statedLanguage = (request: Request): Language | undefined => {
  const lang = new URLSearchParams(request.url.split('?')[1]).get('lang');
  return isLanguage(lang) ? lang : preferredLanguage(request.headers['accept-language']);
};

/** `/docs` leads to the page of the stated language; without one it asks, for neither language is a default. */
const entry = (texts: Texts, pages: KeptTexts<string>): RequestHandler => {
  return (request, response) => {
    const language = statedLanguage(request);
    response.setHeader('Vary', 'Accept-Language');
    if (language) response.status(302).setHeader('Location', pagePath(language)).end();
    else
      sendPage(
        response,
        pages.get('choice', () => choicePage(texts)),
        LANGUAGES.map((known) => CONTENT_LANGUAGE[known]).join(', '),
      );
  };
};

const document = (documents: OpenApiDocuments, language: Language): RequestHandler => {
  return (request, response) => {
    const { body, etag } = documents.serve(language);
    response.setHeader('ETag', etag);
    response.setHeader('Cache-Control', SHORT_CACHE);
    response.setHeader('Content-Language', CONTENT_LANGUAGE[language]);
    if (request.headers['if-none-match']?.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag)) {
      response.status(304).end();
      return;
    }
    response.setHeader('Content-Type', 'application/json; charset=utf-8');
    response.setHeader('Content-Length', body.length);
    response.end(request.method === 'HEAD' ? undefined : body);
  };
};

const OWN_TYPES: Record<string, string> = { css: 'text/css; charset=utf-8', js: 'text/javascript; charset=utf-8' };

const ownFile = (file: string): RequestHandler => {
  const body = readFileSync(join(projectFolder, 'public', file));
  return (_, response) => {
    response.setHeader('Content-Type', OWN_TYPES[file.split('.').at(-1)!]!);
    response.setHeader('Cache-Control', SHORT_CACHE);
    response.end(body);
  };
};

/** Swagger UI's files come from its package; the last handler of `serveFiles` is the one that reads them. */
const swaggerFile = (file: string): RequestHandler => {
  const files = swaggerUi.serveFiles().at(-1)!;
  return (request: Request, response: Response, next: NextFunction) => {
    request.url = `/${file}`;
    files(request, response, next);
  };
};

/**
 * The documents `/openapi.{zh,ru}.json` and their pages `/docs/{zh,ru}`, at the root of the main port and open to
 * everybody.
 */
export const mountDocs = (app: NestExpressApplication): void => {
  const server = app.getHttpAdapter().getInstance();
  const texts = app.get(Texts);
  const documents = app.get(OpenApiDocuments);
  const pages = new KeptTexts<string>(texts);
  server.get('/docs', entry(texts, pages));
  for (const language of LANGUAGES) {
    const page = () => pages.get(language, () => docsPage(texts, language));
    server.get(openApiPath(language), document(documents, language));
    server.get(pagePath(language), (_: Request, response: Response) =>
      sendPage(response, page(), CONTENT_LANGUAGE[language]),
    );
    server.get(
      `${pagePath(language)}/swagger-ui-init.js`,
      swaggerUi.serveFiles(undefined, swaggerOptions(language))[0]!,
    );
  }
  for (const file of OWN_FILES) server.get(`${ASSETS_PATH}/${file}`, ownFile(file));
  for (const file of SWAGGER_FILES) server.get(`${ASSETS_PATH}/${file}`, swaggerFile(file));
};
