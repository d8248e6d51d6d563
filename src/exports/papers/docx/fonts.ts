import type { IRunOptions } from 'docx';
import type { Language } from '../../../kernel/languages.js';
import type { Run } from '../layout/blocks.js';

/** The Song typeface of Chinese papers; programs that lack it take what the font table names beside it. */
const CHINESE = 'SimSun';
/** The typeface of Russian papers; Liberation Serif has its measures. */
const CYRILLIC = 'Times New Roman';

const FONT = { ascii: CYRILLIC, hAnsi: CYRILLIC, cs: CYRILLIC, eastAsia: CHINESE };

/**
 * Fonts and language of a run, so that no program guesses either. The hint gives quotation marks and dashes, which are
 * in both scripts, their full width in Chinese texts. `value` is the language of Latin letters and figures: called
 * Chinese, they are broken between any two characters.
 */
const OF_LANGUAGE: Record<Language, Pick<IRunOptions, 'font' | 'language'>> = {
  zh: { font: { ...FONT, hint: 'eastAsia' }, language: { value: 'en-US', eastAsia: 'zh-CN' } },
  ru: { font: FONT, language: { value: 'ru-RU', eastAsia: 'zh-CN' } },
};

const OF_TONE: Record<NonNullable<Run['tone']>, Partial<IRunOptions>> = {
  strong: { bold: true },
  note: {},
  missing: { italics: true, color: '9C0006' },
};

/**
 * How a run is set.
 * @param size in half-points
 */
export const runOptions = (
  { language, tone }: Pick<Run, 'language' | 'tone'>,
  size: number,
  bold = false,
): IRunOptions => ({
  ...OF_LANGUAGE[language],
  size: tone === 'note' ? size - 2 : size,
  ...(tone && OF_TONE[tone]),
  ...(bold && { bold }),
});

const NAMESPACE = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';

const fontEntry = (name: string, others: string, panose: string, charset: string): string =>
  `<w:font w:name="${name}"><w:altName w:val="${others}"/><w:panose1 w:val="${panose}"/><w:charset w:val="${charset}"/>` +
  '<w:family w:val="roman"/><w:pitch w:val="variable"/></w:font>';

/** The font table: which typefaces stand in for the named ones where those are not installed. */
export const FONT_TABLE =
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' +
  `<w:fonts xmlns:w="${NAMESPACE}">` +
  fontEntry(CHINESE, '宋体,Noto Serif CJK SC,FangSong', '02010600030101010101', '86') +
  fontEntry(CYRILLIC, 'Liberation Serif', '02020603050405020304', 'CC') +
  '</w:fonts>';
