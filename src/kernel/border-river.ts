/** Chinese prefectures, cities and counties on 黑龙江（阿穆尔河）, by GB/T 2260; what lies in a prefecture counts as well. */
const CHINESE_BANK = new Set([
  ...['231100', '232700', '230722', '230421', '230422', '230881', '230883'], // 黑河 大兴安岭 嘉荫 萝北 绥滨 同江 抚远
]);

/** Russian regions whose border with China is the Amur, by ISO 3166-2. */
const RUSSIAN_BANK = new Set(['RU-AMU', 'RU-YEV', 'RU-KHA']);

/**
 * Whether the border between two places is the river that each side calls by its own name: 黑龙江（阿穆尔河）, Амур (Хэйлунцзян).
 * @param cn codes of the Chinese place and of what it lies in
 * @param ru the same of the Russian place
 */
export const faceEachOtherAcrossTheAmur = (cn: readonly string[], ru: readonly string[]): boolean =>
  cn.some((code) => CHINESE_BANK.has(code)) && ru.some((code) => RUSSIAN_BANK.has(code));
