const zh = {
  name: '阳光',
  synthetic: '演示：这里没有真实的人和钱。',
  offline: '现在没有网络，能看的照样能看。',
  other: 'English',
  lead: '这里会是您家自己的一页。现在还在做，下面五件事还不能用。',
  money: '我家的钱',
  moneyText: '这个月发了多少、到账没有。正在做。',
  matters: '我家的事',
  mattersText: '办到哪一步、谁在办。正在做。',
  speak: '我要说',
  speakText: '以后可以在这里说。现在请到村窗口说，或打 12345。',
  read: '帮我读',
  readText: '把页面读给您听。正在做。',
  help: '找人帮忙',
  helpText: '联系负责您家的人。正在做。',
  soon: '还不能用',
  now: '现在就能做的',
  heard: '看看怎样说、说了以后会怎样',
  figures: '看看公开的数字',
} as const;

export type MessageKey = keyof typeof zh;
export type Locale = 'zh-CN' | 'en';

const en: Record<MessageKey, string> = {
  name: 'Sunlit 阳光',
  synthetic: 'Demo: no real people or money here.',
  offline: 'No network now; what can be read stays readable.',
  other: '中文',
  lead: 'This will be your household’s own page. It is still being made; the five things below cannot be used yet.',
  money: 'My money',
  moneyText: 'What was paid this month and whether it arrived. Being made.',
  matters: 'My matters',
  mattersText: 'How far they are and who handles them. Being made.',
  speak: 'I want to speak',
  speakText: 'Later here. For now, at the village counter or by calling 12345.',
  read: 'Read to me',
  readText: 'Reads the page aloud. Being made.',
  help: 'Find help',
  helpText: 'Reach the person responsible for your household. Being made.',
  soon: 'not yet',
  now: 'What works now',
  heard: 'How to be heard, and what happens next',
  figures: 'The public figures',
};

export const textFor = (locale: Locale) => (key: MessageKey) => (locale === 'en' ? en[key] : zh[key]);
