import { SETTLED_NAMES, toPalladius } from './palladius.js';

/**
 * Readings of the characters that names of people and places along the river are made of: a table of the portal's own,
 * since suggestions need no dictionary. A character that is read in several ways stands here as names read it.
 */
const READINGS = `七qi 东dong 中zhong 丹dan 五wu 京jing 伊yi 佳jia 克ke 兴xing 内nei 化hua 北bei 区qu 县xian 双shuang 发fa 古gu 台tai 吉ji 同tong 吴wu 呼hu 哈ha 嘉jia 国guo 地di 大da 嫩nen 孙sun 宁ning 安an 密mi 尔er 屯tun 山shan 岗gang 岛dao 岭ling 市shi 庆qing 抚fu 斯si 春chun 木mu 林lin 江jiang 池chi 河he 治zhi 滨bin 漠mo 爱ai 牡mu 玛ma 省sheng 绥sui 自zi 芬fen 荫yin 萝luo 蒙meng 虎hu 西xi 辉hui 辽liao 远yuan 连lian 逊xun 长chang 饶rao 鱼yu 鸡ji 鸭ya 鹤he 黑hei 齐qi 龙long
王wang 李li 张zhang 刘liu 陈chen 杨yang 黄huang 赵zhao 周zhou 徐xu 朱zhu 马ma 胡hu 郭guo 何he 高gao 罗luo 郑zheng 梁liang 谢xie 宋song 唐tang 许xu 韩han 冯feng 邓deng 曹cao 彭peng 曾zeng 肖xiao 田tian 董dong 袁yuan 潘pan 于yu 蒋jiang 蔡cai 余yu 杜du 叶ye 程cheng 苏su 魏wei 吕lü 丁ding 任ren 沈shen 姚yao 卢lu 姜jiang 崔cui 钟zhong 谭tan 陆lu 汪wang 范fan 金jin 石shi 廖liao 贾jia 夏xia 韦wei 付fu 方fang 白bai 邹zou 孟meng 熊xiong 秦qin 邱qiu 尹yin 薛xue 闫yan 段duan 雷lei 侯hou 史shi 陶tao 黎li 贺he 顾gu 毛mao 郝hao 龚gong 邵shao 万wan 钱qian 严yan 覃qin 武wu 戴dai 莫mo 孔kong 向xiang 汤tang
明ming 华hua 建jian 文wen 军jun 志zhi 伟wei 强qiang 平ping 红hong 丽li 芳fang 娜na 敏min 静jing 勇yong 磊lei 洋yang 艳yan 杰jie 娟juan 涛tao 超chao 秀xiu 英ying 霞xia 桂gui 玉yu 兰lan 小xiao 晓xiao 海hai 波bo 刚gang 峰feng 鹏peng 飞fei 宇yu 浩hao 亮liang 成cheng 永yong 世shi 义yi 光guang 德de 生sheng 富fu 贵gui 天tian 学xue 新xin 友you 和he 庄zhuang 荣rong 松song 柏bai 梅mei 雪xue 冰bing 月yue 云yun 雨yu 阳yang 晨chen 思si 怡yi 子zi 俊jun 宏hong 振zhen 立li 民min 胜sheng 利li 正zheng 忠zhong 信xin 凯kai 旭xu 鑫xin 家jia 福fu 祥xiang 瑞rui 珍zhen 凤feng 琴qin 萍ping 燕yan 颖ying 莉li 洁jie 慧hui 琳lin 婷ting 佩pei 淑shu 诚cheng 礼li 智zhi 仁ren 宝bao 南nan 乡xiang 镇zhen 村cun 关guan 口kou 岸an 港gang 铁tie 力li 科ke 汤tang 青qing 州zhou 津jin 上shang 重chong 广guang 深shen 沙sha 湖hu 川chuan 甘gan 肃su 陕shan 贵gui 徽hui`;

const PINYIN: ReadonlyMap<string, string> = new Map(
  READINGS.split(/\s/).map((reading) => [reading.charAt(0), reading.slice(1)]),
);

/** Surnames by which a name of a person is known in running text. */
const SURNAMES = new Set(
  '王李张刘陈杨黄赵周吴徐孙朱马胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤',
);

const OFFICE =
  '副?(?:主席|省长|州长|市长|县长|区长|书记|主任|局长|处长|司长|部长|厅长|会长|秘书长|总经理|董事长|教授|先生|女士|同志|代表|大使|总领事)';
const PERSON = new RegExp(`(\\p{Script=Han}{2,3})(?=${OFFICE})`, 'gu');
const PLACE = /(\p{Script=Han}{2,4})(?=[省市县区镇乡村屯岛](?![长委]))/gu;

/** A name in a Chinese text with what it would be in Pinyin and in Russian. */
export type NameHint = { name: string; pinyin: string; russian: string };

const readingOf = (name: string): string[] | undefined => {
  const syllables = [...name].map((character) => PINYIN.get(character));
  return syllables.every((syllable) => syllable !== undefined) ? syllables : undefined;
};

const capitalized = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

const spelled = (syllables: readonly string[]): string =>
  capitalized(syllables.reduce((word, next) => `${word}${word && /^[aoe]/.test(next) ? "'" : ''}${next}`, ''));

/**
 * What a name is called in Pinyin and in Russian.
 * @param isPerson the first character is the surname and stands by itself
 * @returns nothing where the table lacks a character
 */
export const nameHint = (name: string, isPerson = false): NameHint | undefined => {
  const syllables = readingOf(name);
  const [surname = '', ...given] = syllables ?? [];
  const pinyin = isPerson ? `${capitalized(surname)} ${spelled(given)}` : spelled(syllables ?? []);
  const settled = SETTLED_NAMES[name];
  if (settled !== undefined) return { name, pinyin: syllables ? pinyin : '', russian: settled };
  const russian = syllables && toPalladius(pinyin);
  return russian === undefined ? undefined : { name, pinyin, russian };
};

/** People before their office, as in 王晓明市长; a longer word may end in what looks like one. */
const peopleIn = (text: string): NameHint[] =>
  [...text.matchAll(PERSON)].flatMap(([, found]) => {
    const name = [found!, found!.slice(1)].find((one) => one.length > 1 && SURNAMES.has(one.charAt(0)));
    return name ? (nameHint(name, true) ?? []) : [];
  });

const placesIn = (text: string): NameHint[] =>
  [...text.matchAll(PLACE)].flatMap(([, found]) => {
    const endings = [0, 1, 2].map((from) => found!.slice(from)).filter((one) => one.length > 1);
    return endings.map((one) => nameHint(one)).find((hint) => hint !== undefined) ?? [];
  });

const settledIn = (text: string): NameHint[] =>
  Object.keys(SETTLED_NAMES).flatMap((name) => (text.includes(name) ? (nameHint(name) ?? []) : []));

/** Names of people and places in a Chinese text, as suggestions for its translator. */
export const namesIn = (text: string): NameHint[] => {
  const found = [...settledIn(text), ...peopleIn(text), ...placesIn(text)];
  return [...new Map(found.map((hint) => [hint.name, hint])).values()];
};
