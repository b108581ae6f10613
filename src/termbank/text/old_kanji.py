"""Old and variant shapes of kanji, and the shape that is usual today.

髙島屋 and 高島屋, 國學院 and 国学院 are one name each: only the shape of a character
differs. Kanji of one sound that are two characters (註 and 注) are not here.

Source: the shapes in brackets of 常用漢字表 (Cabinet Notification No. 2 of 2010), printed
standard shapes of 表外漢字字体表 (2000), and shapes usual in names.
"""

from __future__ import annotations

_PAIRS = (
    "萬万 與与 兩両 竝並 乘乗 亂乱 豫予 爭争 "
    "亙亘 亞亜 佛仏 假仮 會会 傳伝 體体 餘余 "
    "倂併 俠侠 價価 俱倶 儉倹 僞偽 兒児 黨党 "
    "內内 圓円 寫写 凜凛 處処 劍剣 劑剤 剝剥 "
    "剩剰 勵励 勞労 效効 敕勅 勸勧 勳勲 區区 "
    "醫医 單単 卽即 嚴厳 參参 雙双 收収 敍叙 "
    "臺台 𠮟叱 號号 𠮷吉 吳呉 吞呑 營営 囑嘱 "
    "嚙噛 囘回 團団 圍囲 圖図 國国 圈圏 壓圧 "
    "埀垂 墮堕 壘塁 鹽塩 塡填 增増 壞壊 壤壌 "
    "壯壮 聲声 壹壱 賣売 變変 奧奥 奬奨 孃嬢 "
    "學学 冝宜 寶宝 實実 寬寛 寢寝 對対 壽寿 "
    "專専 將将 尙尚 堯尭 盡尽 屆届 屛屏 屬属 "
    "嶽岳 峽峡 峩峨 峯峰 﨑崎 巖巌 巢巣 卷巻 "
    "帶帯 歸帰 幷并 廳庁 廣広 廢廃 貳弐 彌弥 "
    "强強 彈弾 當当 彥彦 徑径 從従 德徳 徵徴 "
    "應応 戀恋 恆恒 惠恵 悅悦 惱悩 惡悪 慘惨 "
    "愼慎 懷懐 戰戦 戲戯 戶戸 戾戻 拂払 拔抜 "
    "擇択 擔担 拜拝 據拠 擴拡 擧挙 挾挟 插挿 "
    "搜捜 揭掲 摑掴 搖揺 攝摂 擊撃 攪撹 敎教 "
    "數数 齊斉 齋斎 斷断 旣既 舊旧 晝昼 晉晋 "
    "晚晩 曉暁 曆暦 曾曽 條条 來来 樞枢 栁柳 "
    "榮栄 桒桑 櫻桜 棧桟 檜桧 檢検 樓楼 樂楽 "
    "槪概 樣様 槇槙 權権 橫横 槗橋 缺欠 歐欧 "
    "歡歓 步歩 齒歯 歷歴 殘残 毆殴 殼殻 每毎 "
    "氣気 澤沢 淨浄 淺浅 濱浜 濵浜 淚涙 淸清 "
    "渴渇 濟済 涉渉 澁渋 溪渓 溫温 灣湾 濕湿 "
    "滿満 潑溌 瀧滝 滯滞 潛潜 涜瀆 潴瀦 瀨瀬 "
    "燈灯 爐炉 點点 爲為 焔焰 燒焼 犧犠 狀状 "
    "獨独 狹狭 獵猟 獻献 獸獣 瑤瑶 甁瓶 畫画 "
    "畧略 疉畳 疊畳 瘦痩 癡痴 發発 盜盗 縣県 "
    "眞真 硏研 碎砕 礪砺 禮礼 祿禄 禪禅 祕秘 "
    "稱称 稅税 稻稲 穗穂 穩穏 穰穣 竊窃 龍竜 "
    "簞箪 籠篭 粹粋 肅粛 絲糸 經経 繪絵 繼継 "
    "續続 總総 綠緑 緖緒 緣縁 繩縄 縱縦 纖繊 "
    "繫繋 繡繍 罐缶 飜翻 聽聴 膽胆 脫脱 腦脳 "
    "臟臓 舖舗 舩船 艷艶 蘆芦 藝芸 莖茎 莊荘 "
    "萊莱 蔣蒋 藏蔵 蘂蕊 薰薫 藥薬 藪薮 蘓蘇 "
    "虛虚 蟲虫 蠶蚕 螢蛍 蠣蛎 蠻蛮 蟬蝉 蠟蝋 "
    "衞衛 裝装 襃褒 霸覇 覺覚 覽覧 觀観 觸触 "
    "譯訳 證証 譽誉 說説 讀読 諫諌 謠謡 讓譲 "
    "讚讃 豐豊 贊賛 踐践 軀躯 轉転 輕軽 辭辞 "
    "邉辺 邊辺 遞逓 聯連 遲遅 逹達 遙遥 郞郎 "
    "鄕郷 醉酔 醱醗 醬醤 釀醸 釋釈 銕鉄 鐡鉄 "
    "鐵鉄 礦鉱 鑛鉱 錢銭 銳鋭 鑄鋳 鍊錬 錄録 "
    "鎭鎮 閒間 關関 閱閲 鬪闘 鬭闘 陷陥 險険 "
    "隨随 隱隠 鴈雁 雜雑 靈霊 靑青 靜静 韮韭 "
    "頸頚 頰頬 頽頹 賴頼 顯顕 顚顛 飃飄 飮飲 "
    "餠餅 舘館 驛駅 駈駆 驅駆 騷騒 驗験 驒騨 "
    "髓髄 髙高 髮髪 鰺鯵 鷗鴎 鶯鴬 鷄鶏 鹼鹸 "
    "麥麦 麴麹 麵麺 黃黄 黑黒 默黙 鼡鼠 齡齢 "
    "濤涛 "
)
USUAL_SHAPES = {pair[0]: pair[1] for pair in _PAIRS.split()}
_TRANSLATION = str.maketrans(USUAL_SHAPES)


def usual_shapes(text: str) -> str:
    """Return the text with old and variant kanji in their usual shape.

    Each code point gives one, so that offsets stay.

    >>> usual_shapes("髙島屋の渡邊と國學院、飛驒")
    '高島屋の渡辺と国学院、飛騨'
    """
    return text.translate(_TRANSLATION)
