import { STATUS_CODES } from 'node:http';
import { contentLanguage, type Language, type LanguageChoice } from '../../kernel/languages.js';
import { type FieldError, PROBLEMS, type Problem } from '../../kernel/problems.js';
import type { Texts } from '../i18n/texts.js';
import { languagesOf } from './negotiation.js';

/** An RFC 9457 answer: its JSON and its headers. */
export type ProblemAnswer = { status: number; body: string; headers: Record<string, string> };

/** Between the two languages of a text that is answered in both. */
const SEPARATOR = ' / ';

const inLanguages = (languages: readonly Language[], text: (language: Language) => string): string =>
  [...new Set(languages.map(text))].join(SEPARATOR);

/** Most faults that one answer names: who sends more has a program to mend, not a list to read. */
const MOST_ERRORS = 50;
const LONGEST_NAME = 120;

/** A name that the request chose, no longer than it takes to recognize it. */
const shortened = (name: string): string =>
  name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME).replace(/[\uD800-\uDBFF]$/, '')}…` : name;

const errorMember = (texts: Texts, languages: readonly Language[], error: FieldError) => ({
  ...(error.pointer !== undefined && { pointer: shortened(error.pointer) }),
  ...(error.parameter !== undefined && { parameter: shortened(error.parameter) }),
  code: error.code,
  message: inLanguages(languages, (language) => texts.t(language, `problems:errors.${error.code}`, error.values)),
});

/**
 * Puts a problem into words.
 * @param choice languages to answer in; both stand side by side where the request states no preference
 */
export const writeProblem = (
  texts: Texts,
  fault: Problem,
  choice: LanguageChoice,
  requestId: string,
): ProblemAnswer => {
  const languages = languagesOf(choice);
  const key = (part: string) => `problems:${fault.code}.${part}`;
  const { errors, extensions, headers, values } = fault.options;
  const body = {
    type: `urn:portal:problem:${fault.code}`,
    title: inLanguages(languages, (language) => texts.t(language, key('title'))),
    status: PROBLEMS[fault.code],
    detail: inLanguages(languages, (language) => texts.t(language, key('detail'), values)),
    code: fault.code,
    requestId,
    ...(errors && { errors: errors.slice(0, MOST_ERRORS).map((error) => errorMember(texts, languages, error)) }),
    ...extensions,
  };
  return {
    status: fault.status,
    body: JSON.stringify(body),
    headers: {
      'Content-Type': 'application/problem+json; charset=utf-8',
      'Content-Language': contentLanguage(languages),
      'Cache-Control': 'no-store',
      Vary: 'Accept-Language',
      ...headers,
    },
  };
};

/** Reason phrase of a status. */
export const reasonOf = (status: number): string => STATUS_CODES[status] ?? String(status);
