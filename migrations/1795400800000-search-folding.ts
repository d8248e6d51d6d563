import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Traditional characters and, in the same places, the simplified ones: those of `kernel/simplified.ts` when this was made. */
const TRADITIONAL =
  '國東車長門開關問間聞們來個這進過還運達遠連選適邊邏經濟業產發對時會學實現種總據數區縣鄉鎮團議協訂計記訊討訓設訪許證評試該詳語說請論調談諮識譯護讓變貿資貨質費購財責貢貫貸賃賬賴贊軍軌軟輸輪載較輔輕輯轉辦' +
  '農醫釋鐵銀銷錄錢鋼鋪鍵鎖針釣電際陽陰陳陸隊階隨險難離雜雙雲順領題額類顯頁項須預頻願顧風飛飯館餘駐驗驚馬騎體魚鮮鳥鳳麥黨齊齒龍龜萬與專義習書買賣亂爭亞僅從倉儀價優傳傷傾偉債億償儲兒內兩興養獸寫決況凍淨減' +
  '準幾憑擊劃劉則剛創別劇勸務動勵勞勢勝勻匯華單佔盧衛廠廳歷壓嚴參縮號嘆嗎員響啟園圍圖圓聖場壞塊堅壇壯聲處備復夠頭夾奪奮獎婦孫寧審憲寬賓尋導壽將爾屆屬歲島嶺幣帥師帳幫幹庫應廣廢強彈歸當徹憶懷態憂戰戲戶擴執' +
  '掃揚撫報擔擬擁擇擋揮損換撥搖攔斷無舊曉暫術機權條構標樹樣橋檔檢樓極榮樞欄歡歐毀畢氣漢湯溝沒滬淪測淺濃濱灣滿漁潔潤滅燈燒爐爺犧狀獨獲猶環瑪畫異療瘋監盤盡確碼礦磚禮禍稅積穩窮築範節籌簡簽糧緊級紅紀約純納紙' +
  '線組細織終結給絕統維綜綠網緣編練縱績續繼罰羅聯聽職膽腦臨舉艦藝蘇藥藍虛蟲補裝製複見規視覺覽觀觸訴診詞誌認誤誰課講謀謝趙趕躍蹤輛郵鄰鄭醞釀鑒鑽閉閱陝隱雖霧靈靜韓顆顏颱飲飼駕騙鬥鬧魯鴨鹽麗點齡滯嶄併後裡隻' +
  '臺裏繫衝衆鑑';
const SIMPLIFIED =
  '国东车长门开关问间闻们来个这进过还运达远连选适边逻经济业产发对时会学实现种总据数区县乡镇团议协订计记讯讨训设访许证评试该详语说请论调谈谘识译护让变贸资货质费购财责贡贯贷赁账赖赞军轨软输轮载较辅轻辑转办' +
  '农医释铁银销录钱钢铺键锁针钓电际阳阴陈陆队阶随险难离杂双云顺领题额类显页项须预频愿顾风飞饭馆余驻验惊马骑体鱼鲜鸟凤麦党齐齿龙龟万与专义习书买卖乱争亚仅从仓仪价优传伤倾伟债亿偿储儿内两兴养兽写决况冻净减' +
  '准几凭击划刘则刚创别剧劝务动励劳势胜匀汇华单占卢卫厂厅历压严参缩号叹吗员响启园围图圆圣场坏块坚坛壮声处备复够头夹夺奋奖妇孙宁审宪宽宾寻导寿将尔届属岁岛岭币帅师帐帮干库应广废强弹归当彻忆怀态忧战戏户扩执' +
  '扫扬抚报担拟拥择挡挥损换拨摇拦断无旧晓暂术机权条构标树样桥档检楼极荣枢栏欢欧毁毕气汉汤沟没沪沦测浅浓滨湾满渔洁润灭灯烧炉爷牺状独获犹环玛画异疗疯监盘尽确码矿砖礼祸税积稳穷筑范节筹简签粮紧级红纪约纯纳纸' +
  '线组细织终结给绝统维综绿网缘编练纵绩续继罚罗联听职胆脑临举舰艺苏药蓝虚虫补装制复见规视觉览观触诉诊词志认误谁课讲谋谢赵赶跃踪辆邮邻郑酝酿鉴钻闭阅陕隐虽雾灵静韩颗颜台饮饲驾骗斗闹鲁鸭盐丽点龄滞崭并后里只' +
  '台里系冲众鉴';

const FOLDED = "translate(lower(normalize(content, NFKC)), 'ё', 'е')";

const foldedText = (body: string): string => `create or replace function folded_text(content text) returns text
    language sql immutable strict parallel safe
    return ${body}`;

/** The text that leads are searched by is derived by a trigger that follows any change of a name. */
const DERIVE_AGAIN = 'update lead set name_zh = name_zh';

/**
 * Texts are found in traditional and in simplified writing alike. `translate` compares every letter with every character
 * of the table, so it is spared the texts without traditional characters, which nearly all are: a twelfth of the time.
 */
export class SearchFolding1795400800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      foldedText(`case when ${FOLDED} ~ '[${TRADITIONAL}]'
        then translate(${FOLDED}, '${TRADITIONAL}', '${SIMPLIFIED}') else ${FOLDED} end`),
    );
    await runner.query(DERIVE_AGAIN);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(foldedText(FOLDED));
    await runner.query(DERIVE_AGAIN);
  }
}
