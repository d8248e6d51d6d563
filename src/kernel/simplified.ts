/**
 * Frequent characters that only traditional writing has, each followed by the simplified one. Characters that simplified
 * writing keeps in some words (著 乾 徵 藉 瞭 於 麼 裏) are left out: what they mean depends on the word.
 */
const PAIRS =
  '國国東东車车長长門门開开關关問问間间聞闻們们來来個个這这進进過过還还運运達达遠远連连選选適适邊边邏逻' +
  '經经濟济業业產产發发對对時时會会學学實实現现種种總总據据數数區区縣县鄉乡鎮镇團团議议協协議议訂订計计記记' +
  '訊讯討讨訓训設设訪访許许證证評评試试該该詳详語语說说請请論论調调談谈諮谘識识譯译護护讓让變变貿贸資资' +
  '貨货質质費费購购財财責责貢贡貫贯貸贷賃赁賬账賴赖贊赞軍军軌轨軟软輸输輪轮載载較较輔辅輕轻輯辑轉转辦办' +
  '農农醫医釋释鐵铁銀银銷销錄录錢钱鋼钢鋪铺鍵键鎖锁針针釣钓電电際际陽阳陰阴陳陈陸陆隊队階阶隨随險险難难' +
  '離离雜杂雙双雲云順顺領领題题額额類类顯显頁页項项須须預预頻频願愿顧顾風风飛飞飯饭館馆餘余駐驻驗验驚惊' +
  '馬马騎骑體体魚鱼鮮鲜鳥鸟鳳凤麥麦黨党齊齐齒齿龍龙龜龟萬万與与專专義义習习書书買买賣卖亂乱爭争亞亚產产' +
  '僅仅從从倉仓儀仪價价優优傳传傷伤傾倾偉伟債债億亿償偿儲储兒儿內内兩两興兴養养獸兽寫写農农決决況况凍冻' +
  '淨净減减準准幾几憑凭擊击劃划劉刘則则剛刚創创別别劇剧勸劝務务動动勵励勞劳勢势勝胜勻匀匯汇醫医華华單单' +
  '佔占盧卢衛卫廠厂廳厅歷历壓压嚴严參参縮缩號号嘆叹嗎吗員员響响啟启園园圍围圖图圓圆聖圣場场壞坏塊块堅坚' +
  '壇坛壯壮聲声處处備备復复夠够頭头夾夹奪夺奮奋獎奖婦妇孫孙寧宁審审憲宪寬宽賓宾尋寻導导壽寿將将爾尔屆届' +
  '屬属歲岁島岛嶺岭幣币帥帅師师帳帐幫帮幹干庫库應应廣广廢废強强彈弹歸归當当錄录徹彻憶忆懷怀態态憂忧' +
  '戰战戲戏戶户擴扩執执掃扫揚扬撫抚報报擔担擬拟擁拥擇择擊击擋挡揮挥損损換换撥拨搖摇攔拦斷断無无舊旧曉晓' +
  '暫暂術术機机權权條条構构標标樹树樣样橋桥檔档檢检樓楼極极榮荣樞枢欄栏歡欢歐欧毀毁畢毕氣气匯汇漢汉湯汤' +
  '溝沟沒没滬沪淪沦測测淺浅濃浓濱滨灣湾滿满漁渔潔洁潤润滅灭燈灯燒烧爐炉爭争爺爷犧牺狀状獨独獲获猶犹環环' +
  '瑪玛畫画異异療疗瘋疯監监盤盘盡尽確确碼码礦矿磚砖禮礼禍祸離离稅税積积穩稳窮穷築筑範范節节籌筹簡简簽签' +
  '糧粮緊紧級级紅红紀纪約约純纯納纳紙纸線线組组細细織织終终結结給给絕绝統统維维綜综綠绿網网緣缘編编練练' +
  '縱纵績绩續续繼继罰罚羅罗聯联聽听職职膽胆腦脑臨临舉举艦舰藝艺蘇苏藥药藍蓝虛虚蟲虫補补裝装製制複复見见' +
  '規规視视覺觉覽览觀观觸触訴诉診诊詞词誌志認认誤误誰谁課课講讲謀谋謝谢趙赵趕赶躍跃蹤踪輛辆農农郵邮' +
  '鄰邻鄭郑醞酝釀酿鑒鉴鑽钻閉闭閱阅陝陕隱隐雖虽霧雾靈灵靜静韓韩響响顆颗顏颜颱台飲饮飼饲駕驾騙骗鬥斗鬧闹' +
  '魯鲁鴨鸭鹽盐麗丽點点齡龄滯滞嶄崭併并後后裡里隻只臺台灣湾裏里繫系衝冲衆众術术鑑鉴';

/** Traditional character → simplified one. */
export const SIMPLIFIED: ReadonlyMap<string, string> = new Map(
  [...PAIRS.matchAll(/(.)(.)/gu)]
    .map(([, traditional, simplified]): [string, string] => [traditional!, simplified!])
    .filter(([traditional, simplified]) => traditional !== simplified),
);

/** A text with its traditional characters in simplified form: what is searched, not what is shown. */
export const simplified = (text: string): string =>
  text.replace(/\p{Script=Han}/gu, (character) => SIMPLIFIED.get(character) ?? character);
