import type { Random } from './random.ts';

// the commonest surnames, the earlier the commoner
const surnames = [
  ...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍覃霍翁隋甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边',
];
const maleGiven = [...'伟强磊军洋勇杰涛明超刚平辉鹏华飞鑫波斌宇浩凯健俊帆帅旭宁龙林建国志文海德成永春生山根宝福贵富余'];
const femaleGiven = [...'芳娜敏静丽艳娟霞秀英玲桂兰凤洁梅琳燕红玉萍婷雪慧莹倩颖欣怡佳春花莲珍香月翠云巧爱菊淑贞彩琴'];
const rareGiven = ['𠮷', '㛃', '喆', '垚', '堃', '䶮', '𬭎', '翀'];
const dottedNames = ['阿依古丽·买买提', '买买提·吐尔逊', '古丽娜尔·艾力', '艾力·阿不都'];

export function surname(random: Random): string {
  // squared, so that a few names are everywhere and many are rare
  return surnames[Math.floor(random.next() ** 2 * surnames.length)] as string;
}

export function personName(random: Random, family: string, sex: 'male' | 'female'): string {
  if (random.chance(0.0008)) return random.pick(dottedNames);
  if (random.chance(0.002)) return family + random.pick(rareGiven);
  const given = sex === 'male' ? maleGiven : femaleGiven;
  return family + random.pick(given) + (random.chance(0.68) ? random.pick(given) : '');
}
