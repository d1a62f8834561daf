import { escapeHtml } from '#platform/http/printable-page.ts';
import type { SignInRequest } from './demo-identity-provider.ts';
import type { DemoResident } from './demo-residents.ts';

const words = {
  zh: {
    title: '演示实名认证',
    synthetic: '这是演示用的认证页：下面的人和证件号码全部是虚构的，只在本机演示中有效。真实系统里，这里是政务服务平台等实名认证方的页面。',
    choose: '以谁的身份登录',
    stranger: '没有登记的人',
    enter: '认证并返回',
    cancel: '放弃认证',
  },
  en: {
    title: 'Demo real-name sign-in',
    synthetic: 'This page is for the demo only: the people and numbers are all invented and work on this machine alone. In a real system the page of a government identity service stands here.',
    choose: 'Sign in as',
    stranger: 'Somebody who is not registered',
    enter: 'Sign in and return',
    cancel: 'Give up',
  },
} as const;

/** A plain form: who to be. It carries ids and what the other side asked for, never a number of a card. */
export function demoSignInPage(asked: SignInRequest, residents: readonly DemoResident[]): string {
  const language = asked.ui_locales === 'en' ? 'en' : 'zh';
  const text = words[language];
  const hidden = Object.entries(asked).map(([name, value]) => `<input type="hidden" name="${name}" value="${escapeHtml(value)}">`);
  const choices = [...residents.map(({ id, name, about }) => ({ id, label: `${name} · ${about[language]}` })), { id: 'stranger', label: text.stranger }];
  return `<!doctype html><html lang="${language === 'en' ? 'en' : 'zh-CN'}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><title>${text.title}</title>
<style>body{font:1.125rem/1.7 "Noto Sans SC","Microsoft YaHei","PingFang SC",sans-serif;color:#1d1d1f;background:#fff;max-width:36em;margin:0 auto;padding:1rem}.synthetic{background:#fff4d6;border:2px solid #8a5a00;padding:.75rem 1rem}fieldset{border:1px solid #777;margin:1rem 0;padding:.5rem 1rem}label{display:block;padding:.6rem 0;min-height:44px}input[type=radio]{width:1.25rem;height:1.25rem;vertical-align:-.2rem;margin-right:.6rem}button{font:inherit;min-height:44px;padding:.4rem 1.2rem;margin:.25rem .5rem .25rem 0;border:1px solid #1d1d1f;border-radius:.3rem;background:#fff}button.main{background:#0b5c3b;border-color:#0b5c3b;color:#fff}</style></head>
<body><main><h1>${text.title}</h1><p class="synthetic" role="note">${text.synthetic}</p>
<form method="post">${hidden.join('')}<fieldset><legend>${text.choose}</legend>${choices.map(({ id, label }, index) => `<label><input type="radio" name="who" value="${id}"${index === 0 ? ' checked' : ''}>${escapeHtml(label)}</label>`).join('')}</fieldset>
<button class="main" type="submit">${text.enter}</button><button type="submit" name="who" value="">${text.cancel}</button></form></main></body></html>`;
}
