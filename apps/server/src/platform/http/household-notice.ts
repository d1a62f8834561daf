import type { FastifyReply } from 'fastify';
import type { Locale } from './locale.ts';
import { escapeHtml, printablePage } from './printable-page.ts';

export interface HouseholdNotice {
  title: string;
  to: string;
  /** where it comes from: division, number */
  from: string;
  number: string;
  paragraphs: readonly string[];
  facts: { heading: string; items: readonly string[] };
  /** how and until when to answer or object */
  answer: string;
  /** whom to ask, by name and phone */
  contact: { name: string; phone: string } | null;
  day: string;
}

/** The one form of every notice handed to a household: plain words, whom to ask by name, a line to sign; no identity number. */
export function householdNotice(notice: HouseholdNotice, locale: Locale): string {
  const words =
    locale === 'en'
      ? { ask: 'Ask', sign: 'Received by (signature)', number: 'Number', nobody: 'the village office' }
      : { ask: '有事请找', sign: '收到人（签字或按手印）', number: '编号', nobody: '村（居）便民服务点' };
  return printablePage({
    title: notice.title,
    locale,
    source: `${notice.from} · ${words.number} ${notice.number} · ${notice.day}`,
    body: `<h1>${escapeHtml(notice.title)}</h1>
        <p>${escapeHtml(notice.to)}</p>
        ${notice.paragraphs.map((text) => `<p>${escapeHtml(text)}</p>`).join('')}
        <h2>${escapeHtml(notice.facts.heading)}</h2><ul>${notice.facts.items.map((fact) => `<li>${escapeHtml(fact)}</li>`).join('')}</ul>
        <p>${escapeHtml(notice.answer)}</p>
        <p class="big">${words.ask}：${escapeHtml(notice.contact ? `${notice.contact.name} ${notice.contact.phone}` : words.nobody)}</p>
        <p class="sign">${words.sign}：____________________　　　　${notice.day.slice(0, 4)} 年 ____ 月 ____ 日</p>`,
  });
}

/** A page of its own that runs nothing and is kept nowhere. */
export const sendNotice = (reply: FastifyReply, page: string): FastifyReply =>
  reply.type('text/html; charset=utf-8').header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'").header('cache-control', 'no-store').send(page);
