/**
 * Characters of names that registers write in several ways: the standard form first, then traditional and variant forms.
 * After 《通用规范汉字表》(国发〔2013〕23号) annex 1 and 《第一批异体字整理表》(1955), only what is found in names. Forms that the
 * list of 2013 made standard characters of their own for names (堃, 喆, 淼, 昇, 甦 and such) are different names and stay so.
 */
const groups = `
张張 陈陳 杨楊 赵趙 黄黃 吴吳 孙孫 马馬 罗羅 郑鄭 谢謝 韩韓 冯馮 萧蕭 许許 邓鄧 沈瀋 吕呂 苏蘇 卢盧 蒋蔣 贾賈 叶葉 阎閻 钟鍾鐘 范範 谭譚 邹鄒 陆陸 龙龍 万萬 钱錢
汤湯 严嚴 龚龔 顾顧 赖賴 齐齊 庄莊 宁寧寜甯 刘劉 庞龐 鲁魯 鲍鮑 单單 费費 纪紀 项項 党黨 华華 温溫 聂聶 丛叢 关關 凌淩 欧歐 习習 乐樂 梁樑 侯矦 车車 连連 
丽麗 杰傑 国國囯 强強彊 军軍 伟偉 辉輝煇 晖暉 飞飛 凤鳳 兰蘭 莲蓮 琼瓊 红紅 艳艷豔 静靜 莹瑩 颖穎頴 贤賢 贵貴 宝寶寳 学學 兴興 荣榮 庆慶 荪蓀 恒恆 峰峯 群羣 德惪 梅楳 睿叡 勋勛勳 绩績
昆崑崐 秘祕 笔筆 笋筍 修脩 鉴鑒鑑 锐銳 锋鋒 钢鋼 银銀 铁鐵鉄 镜鏡 鹏鵬 鸿鴻 鹤鶴 莺鶯 云雲 电電 霁霽 韵韻 顺順 颂頌 领領 腾騰 骥驥 东東 为為爲 义義 书書 亚亞 产產産 亿億 仪儀 优優
众眾衆 会會 传傳 伦倫 备備 养養 冈岡 农農 决決 凭憑 则則 创創 励勵 劲勁 劳勞 协協 卫衛 厂廠 历歷曆 县縣 双雙 发發 变變 台臺 号號 启啟啓 员員 园園 围圍 圆圓 圣聖 场場 坚堅 坛壇 垒壘 壮壯 声聲
复復 奋奮 奖獎 妇婦 娇嬌 实實 宠寵 宪憲 宫宮 寿壽 将將 尔爾 层層 岛島 岭嶺 岚嵐 岳嶽 帅帥 师師 广廣 应應 庙廟 开開 弥彌 录錄録 汇匯彙 怀懷 恋戀 恳懇 忆憶 战戰 扬揚 拥擁 挥揮 携攜 数數 时時
晓曉 昼晝 旷曠 条條 构構 枪槍 枫楓 楼樓 标標 树樹 桥橋 机機 权權 欢歡懽 岁歲嵗 气氣 汉漢 满滿 洁潔 润潤 泽澤 涛濤 济濟 澜瀾 湾灣 灯燈 烁爍 烂爛 炜煒 焕煥 灿燦 炼煉 爷爺 牵牽 献獻 现現 环環 玛瑪
瑶瑤 玺璽 毕畢 画畫 监監 矫矯 础礎 祯禎 礼禮 禅禪 称稱 稳穩 简簡 粮糧 约約 纯純 绍紹 绅紳 组組 细細 绚絢 结結 给給 丝絲 经經 维維 纲綱 网網 绮綺 绿綠緑 彩綵 绪緒 缘緣 纬緯 练練 绣繡綉 织織 继繼
续續 缨纓 职職 联聯 聪聰 听聽 胆膽 临臨 与與 举舉 旧舊 舰艦 艺藝 萨薩 荫蔭 蓝藍 药藥 芦蘆 术術 见見 规規 视視 觉覺 观觀 亲親 计計 训訓 记記 咏詠 诗詩 诚誠 话話 语語 说說 诺諾 谋謀 谦謙 识識 议議
护護 读讀 让讓 丰豐 贝貝 财財 贞貞 贸貿 资資 质質 赞贊讚 跃躍 轩軒 轮輪 辅輔 轻輕 办辦 进進 运運 达達 远遠 适適 选選 迁遷 还還 边邊 乡鄉 邻鄰隣 医醫 释釋 里裡裏 针針鍼 钧鈞 铃鈴 铭銘 锦錦 锡錫 键鍵
镇鎮 长長 门門 问問 闵閔 闻聞 闽閩 阔闊 队隊 阶階 际際 阳陽 阴陰 随隨 鸡雞鷄 雾霧 灵靈 韦韋 须須 预預 愿願 显顯 风風 馆館 骏駿 骑騎 惊驚 鱼魚 鲜鮮 鸟鳥 鸣鳴 鹰鷹 麦麥 龄齡 富冨 曹曺 高髙 皓皜 澄澂
净淨浄 凉涼 冰氷 柏栢 桑桒 楠枏柟 珍珎 琴琹 琉瑠 略畧 真眞 秋秌 稚稺穉 奇竒 翱翺 果菓 蕊蘂蕋 游遊 吉𠮷`;

const standardOf = new Map<string, string>();
const written = new Map<string, string[]>();
for (const group of groups.trim().split(/\s+/u)) {
  const [standard, ...variants] = [...group] as [string, ...string[]];
  for (const variant of variants) if (variant !== standard) standardOf.set(variant, standard);
  written.set(standard, variants);
}

/** The name in standard characters; what the table does not know stays as it is. */
export function foldVariants(name: string): string {
  let folded = '';
  for (const character of name) folded += standardOf.get(character) ?? character;
  return folded;
}

/** Other ways to write a standard character. */
export function variantsOf(standard: string): readonly string[] {
  return written.get(standard) ?? [];
}
