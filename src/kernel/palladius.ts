/**
 * Names between Hanyu Pinyin and Palladius' Cyrillic, by syllables. A suggestion for translators: people decide, and
 * names with a form of their own (Пекин) stand in {@link SETTLED_NAMES}.
 */

/** Every syllable of the standard language; written so that lines can be compared with any printed table. */
const TABLE = `a а|ai ай|an ань|ang ан|ao ао
ba ба|bai бай|ban бань|bang бан|bao бао|bei бэй|ben бэнь|beng бэн|bi би|bian бянь|biao бяо|bie бе|bin бинь|bing бин|bo бо|bu бу
ca ца|cai цай|can цань|cang цан|cao цао|ce цэ|cen цэнь|ceng цэн|ci цы|cong цун|cou цоу|cu цу|cuan цуань|cui цуй|cun цунь|cuo цо
cha ча|chai чай|chan чань|chang чан|chao чао|che чэ|chen чэнь|cheng чэн|chi чи|chong чун|chou чоу|chu чу|chua чуа|chuai чуай|chuan чуань|chuang чуан|chui чуй|chun чунь|chuo чо
da да|dai дай|dan дань|dang дан|dao дао|de дэ|dei дэй|den дэнь|deng дэн|di ди|dian дянь|diao дяо|die де|ding дин|diu дю|dong дун|dou доу|du ду|duan дуань|dui дуй|dun дунь|duo до
e э|ei эй|en энь|eng эн|er эр
fa фа|fan фань|fang фан|fei фэй|fen фэнь|feng фэн|fo фо|fou фоу|fu фу
ga га|gai гай|gan гань|gang ган|gao гао|ge гэ|gei гэй|gen гэнь|geng гэн|gong гун|gou гоу|gu гу|gua гуа|guai гуай|guan гуань|guang гуан|gui гуй|gun гунь|guo го
ha ха|hai хай|han хань|hang хан|hao хао|he хэ|hei хэй|hen хэнь|heng хэн|hong хун|hou хоу|hu ху|hua хуа|huai хуай|huan хуань|huang хуан|hui хуэй|hun хунь|huo хо
ji цзи|jia цзя|jian цзянь|jiang цзян|jiao цзяо|jie цзе|jin цзинь|jing цзин|jiong цзюн|jiu цзю|ju цзюй|juan цзюань|jue цзюэ|jun цзюнь
ka ка|kai кай|kan кань|kang кан|kao као|ke кэ|kei кэй|ken кэнь|keng кэн|kong кун|kou коу|ku ку|kua куа|kuai куай|kuan куань|kuang куан|kui куй|kun кунь|kuo ко
la ла|lai лай|lan лань|lang лан|lao лао|le лэ|lei лэй|leng лэн|li ли|lia ля|lian лянь|liang лян|liao ляо|lie ле|lin линь|ling лин|liu лю|long лун|lou лоу|lu лу|lü люй|luan луань|lüe люэ|lun лунь|luo ло
ma ма|mai май|man мань|mang ман|mao мао|me мэ|mei мэй|men мэнь|meng мэн|mi ми|mian мянь|miao мяо|mie ме|min минь|ming мин|miu мю|mo мо|mou моу|mu му
na на|nai най|nan нань|nang нан|nao нао|ne нэ|nei нэй|nen нэнь|neng нэн|ni ни|nian нянь|niang нян|niao няо|nie не|nin нинь|ning нин|niu ню|nong нун|nou ноу|nu ну|nü нюй|nuan нуань|nüe нюэ|nun нунь|nuo но
o о|ou оу
pa па|pai пай|pan пань|pang пан|pao пао|pei пэй|pen пэнь|peng пэн|pi пи|pian пянь|piao пяо|pie пе|pin пинь|ping пин|po по|pou поу|pu пу
qi ци|qia ця|qian цянь|qiang цян|qiao цяо|qie це|qin цинь|qing цин|qiong цюн|qiu цю|qu цюй|quan цюань|que цюэ|qun цюнь
ran жань|rang жан|rao жао|re жэ|ren жэнь|reng жэн|ri жи|rong жун|rou жоу|ru жу|ruan жуань|rui жуй|run жунь|ruo жо
sa са|sai сай|san сань|sang сан|sao сао|se сэ|sen сэнь|seng сэн|si сы|song сун|sou соу|su су|suan суань|sui суй|sun сунь|suo со
sha ша|shai шай|shan шань|shang шан|shao шао|she шэ|shei шэй|shen шэнь|sheng шэн|shi ши|shou шоу|shu шу|shua шуа|shuai шуай|shuan шуань|shuang шуан|shui шуй|shun шунь|shuo шо
ta та|tai тай|tan тань|tang тан|tao тао|te тэ|teng тэн|ti ти|tian тянь|tiao тяо|tie те|ting тин|tong тун|tou тоу|tu ту|tuan туань|tui туй|tun тунь|tuo то
wa ва|wai вай|wan вань|wang ван|wei вэй|wen вэнь|weng вэн|wo во|wu у
xi си|xia ся|xian сянь|xiang сян|xiao сяо|xie се|xin синь|xing син|xiong сюн|xiu сю|xu сюй|xuan сюань|xue сюэ|xun сюнь
ya я|yan янь|yang ян|yao яо|ye е|yi и|yin инь|ying ин|yong юн|you ю|yu юй|yuan юань|yue юэ|yun юнь
za цза|zai цзай|zan цзань|zang цзан|zao цзао|ze цзэ|zei цзэй|zen цзэнь|zeng цзэн|zi цзы|zong цзун|zou цзоу|zu цзу|zuan цзуань|zui цзуй|zun цзунь|zuo цзо
zha чжа|zhai чжай|zhan чжань|zhang чжан|zhao чжао|zhe чжэ|zhei чжэй|zhen чжэнь|zheng чжэн|zhi чжи|zhong чжун|zhou чжоу|zhu чжу|zhua чжуа|zhuai чжуай|zhuan чжуань|zhuang чжуан|zhui чжуй|zhun чжунь|zhuo чжо`;

const PAIRS: readonly (readonly [string, string])[] = TABLE.split(/[|\n]/).map((pair) => {
  const [pinyin, cyrillic] = pair.split(' ');
  return [pinyin!, cyrillic!] as const;
});

const CYRILLIC: ReadonlyMap<string, string> = new Map(PAIRS);
const PINYIN: ReadonlyMap<string, string> = new Map(PAIRS.map(([pinyin, cyrillic]) => [cyrillic, pinyin]));

/** Every syllable in Pinyin. */
export const SYLLABLES: readonly string[] = [...CYRILLIC.keys()];

const LONGEST_PINYIN = 6;
const LONGEST_CYRILLIC = 6;
/** Longest word that is taken apart; no name is longer. */
const LONGEST_WORD = 60;

/** Pinyin without tones: `Lǚshùn` and `Lu:shun` become `lüshun`. */
const plainPinyin = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/[\u0300\u0301\u0304\u030C]/g, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/u:|v/g, 'ü')
    .replace(/’/g, "'");

/** Ways to take a word apart into syllables, those with the fewest first. */
const partings = (
  word: string,
  longest: number,
  isSyllable: (piece: string) => boolean,
  joins: (before: string, from: number) => boolean,
): string[][] => {
  if (word === '' || word.length > LONGEST_WORD) return [];
  const endings: string[][][] = Array.from({ length: word.length + 1 }, () => []);
  endings[0] = [[]];
  for (let end = 1; end <= word.length; end += 1) {
    for (let from = Math.max(0, end - longest); from < end; from += 1) {
      const piece = word.slice(from, end);
      if (!isSyllable(piece.replace(/^[ъ']/, ''))) continue;
      for (const before of endings[from]!.slice(0, MOST_PARTINGS))
        if (from === 0 || joins(before.at(-1)!, from)) endings[end]!.push([...before, piece.replace(/^[ъ']/, '')]);
    }
  }
  return endings[word.length]!.sort((a, b) => a.length - b.length).slice(0, MOST_PARTINGS);
};

/** A word has one or two sensible partings; more are noise. */
const MOST_PARTINGS = 8;

const VOWEL = /^[аоуэеёиюя]/;

/** The hard sign parts «Чанъань» from «Чанань»: it stands between -н and a vowel. */
const joined = (syllables: readonly string[]): string =>
  syllables.reduce((word, next) => `${word}${word.endsWith('н') && VOWEL.test(next) ? 'ъ' : ''}${next}`, '');

const capitalized = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

const wordToCyrillic = (word: string): string | undefined => {
  // Within a word an apostrophe stands before a vowel.
  const joins = (_: string, from: number) => word[from] === "'" || !/[aoe]/.test(word[from]!);
  const [syllables] = partings(word, LONGEST_PINYIN + 1, (piece) => CYRILLIC.has(piece), joins);
  return syllables && capitalized(joined(syllables.map((syllable) => CYRILLIC.get(syllable)!)));
};

/**
 * A name in Pinyin as Palladius writes it: `Wang Xiaoming` → «Ван Сяомин», `Chang'an` → «Чанъань».
 * @returns nothing where a word is no Pinyin
 */
export const toPalladius = (pinyin: string): string | undefined => {
  const words = plainPinyin(pinyin).trim().split(/\s+/).map(wordToCyrillic);
  return words.every((word) => word !== undefined) ? words.join(' ') : undefined;
};

/** An apostrophe parts the syllables that would be read otherwise: `Xi'an`. */
const spelled = (syllables: readonly string[]): string =>
  capitalized(syllables.reduce((word, next) => `${word}${word !== '' && /^[aoe]/.test(next) ? "'" : ''}${next}`, ''));

const wordToPinyin = (word: string): string[] => {
  const lower = word.toLowerCase();
  const found = partings(
    lower,
    LONGEST_CYRILLIC + 1,
    (piece) => PINYIN.has(piece),
    (before, from) => {
      const needsSign = before.endsWith('н') && VOWEL.test(lower.slice(from).replace(/^ъ/, ''));
      return needsSign === (lower[from] === 'ъ');
    },
  );
  return [...new Set(found.map((syllables) => spelled(syllables.map((syllable) => PINYIN.get(syllable)!))))];
};

/**
 * Names in Pinyin that Palladius writes so; several where the writing leaves it open: «Гуань» is Guan and Gu'an.
 * @returns an empty list where a word is none of Palladius'
 */
export const fromPalladius = (cyrillic: string): string[] =>
  cyrillic
    .trim()
    .split(/\s+/)
    .map(wordToPinyin)
    .reduce<string[]>(
      (names, words) =>
        names.flatMap((name) => words.map((word) => `${name}${name && ' '}${word}`)).slice(0, MOST_PARTINGS),
      [''],
    )
    .filter((name) => name !== '');

/** Names that are not written by the table. */
export const SETTLED_NAMES: Readonly<Record<string, string>> = {
  北京: 'Пекин',
  南京: 'Нанкин',
  哈尔滨: 'Харбин',
  香港: 'Гонконг',
  澳门: 'Макао',
  拉萨: 'Лхаса',
  乌鲁木齐: 'Урумчи',
  呼和浩特: 'Хух-Хото',
  齐齐哈尔: 'Цицикар',
  满洲里: 'Маньчжурия',
  内蒙古: 'Внутренняя Монголия',
  新疆: 'Синьцзян',
  西藏: 'Тибет',
  台北: 'Тайбэй',
  喀什: 'Кашгар',
  孙中山: 'Сунь Ятсен',
};
