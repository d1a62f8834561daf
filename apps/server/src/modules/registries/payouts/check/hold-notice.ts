import type { HoldNotice, Localised } from '@sunlit/api-spec';
import { sql } from 'kysely';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { dayOf } from '#platform/clock/today.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { householdNotice, type HouseholdNotice } from '#platform/http/household-notice.ts';
import type { Locale } from '#platform/http/locale.ts';
import { regionNamer } from '#modules/organisation/index.ts';
import { programmeView } from '../entitlements/payout-standard.ts';
import { yuan } from '../payee-words.ts';
import { findHoldNotice, holdNoticeView } from './hold-notice-store.ts';

function monthsInWords({ month, months }: { month: string; months: number }, locale: Locale): string {
  if (locale === 'en') return months === 1 ? month : `${months} months from ${month}`;
  const first = `${month.slice(0, 4)}年${Number(month.slice(5))}月`;
  return months === 1 ? first : `${first}起${months}个月`;
}

interface Told {
  notice: HoldNotice;
  day: string;
  payee: string;
  title: Localised;
  month: { zh: string; en: string };
  amount: string;
  from: string;
}

async function tell(actor: Actor, id: string, locale: Locale, write: (told: Told) => HouseholdNotice): Promise<string> {
  authorize(actor, 'payout.read');
  const name = await regionNamer();
  return inTransaction(actor, async (trx) => {
    const row = await findHoldNotice(trx, id);
    if (!row) throw new AppError('not-found');
    authorize(actor, 'payout.read', { regionCode: row.region_code });
    const { rows } = await sql<{ payee_name: string; amount_fen: number; programme_code: string; month: string; months: number }>`
      SELECT l.payee_name, l.amount_fen, b.programme_code, b.month, b.months FROM payouts.line l JOIN payouts.batch b ON b.id = l.batch_id WHERE l.id = ${row.line_id}`.execute(trx);
    const line = rows[0]!;
    await recordAudit(trx, actor, { action: 'payout.notice', objectKind: 'payout-notice', objectId: id, householdId: row.household_id, regionCode: row.region_code });
    const page = write({
      notice: holdNoticeView(row),
      day: dayOf(row.made_at),
      payee: line.payee_name,
      title: programmeView(line.programme_code).title,
      month: { zh: monthsInWords(line, 'zh-CN'), en: monthsInWords(line, 'en') },
      amount: yuan(line.amount_fen),
      from: name(row.region_code).fullName,
    });
    return householdNotice(page, locale);
  });
}

const addressed = (payee: string, locale: Locale) => (locale === 'en' ? `To the household of ${payee}` : `${payee} 户：`);

/** The notice of a held payment on paper: for the household itself, or for who hands it over. */
export async function holdNotice(actor: Actor, id: string, locale: Locale): Promise<string> {
  return tell(actor, id, locale, ({ notice, day, payee, title, month, amount, from }) => {
    const common = { from, number: notice.number, contact: notice.contact, day, to: addressed(payee, locale) };
    return locale === 'en'
      ? {
          ...common,
          title: 'A payment is held for a time',
          paragraphs: [
            `The payment of ${title.en} for ${month.en}, ${amount} yuan, is held until ${notice.until}.`,
            ...(notice.withdrawn ? ['This notice has been withdrawn: the payment is no longer held for this reason.'] : []),
            `Your benefit is not ended by this. By ${notice.until} it is paid, unless the responsible department decides otherwise by the legal procedure and tells you in writing.`,
          ],
          facts: { heading: 'Why', items: [notice.fact.en, `Reason: ${notice.reason}`, `Legal basis: ${notice.legalBasis}`] },
          answer: 'If you do not agree, say so in person, by phone, in writing or in “My file”, or have somebody speak for you. Somebody who did not make this decision answers you.',
        }
      : {
          ...common,
          title: '暂缓发放告知书',
          paragraphs: [
            `您家${month.zh}的${title.zh} ${amount} 元，暂缓发放，到 ${notice.until} 为止。`,
            ...(notice.withdrawn ? ['这份告知书已经撤销，不再因此缓发。'] : []),
            `这不是取消您的待遇。到 ${notice.until}，除非主管部门依法另作决定并书面告诉您，这笔钱照常发给您。`,
          ],
          facts: { heading: '为什么', items: [notice.fact.zh, `原因：${notice.reason}`, `依据：${notice.legalBasis}`] },
          answer: '您认为不对，可以当面说、打电话说、写下来，也可以在“我的档案”里提出，或者请家人、别人代您说。由没有作这个决定的人答复您。',
        };
  });
}

/** The notice that a hold has ended before its term. */
export async function holdEndNotice(actor: Actor, id: string, locale: Locale): Promise<string> {
  return tell(actor, id, locale, ({ notice, payee, title, month, amount, from }) => {
    const { ended } = notice;
    if (!ended) throw new AppError('not-found');
    const common = { from, number: ended.number, contact: notice.contact, day: ended.on, to: addressed(payee, locale) };
    return locale === 'en'
      ? {
          ...common,
          title: 'A payment is no longer held',
          paragraphs: [
            `The payment of ${title.en} for ${month.en}, ${amount} yuan, was held until ${notice.until} (notice ${notice.number}). ${ended.objection ? 'Your objection was right: ' : ''}from ${ended.on} it is no longer held for this reason.`,
            'It is paid with the next file to the bank, to your account as it is registered then, unless another notice still holds it. You need not ask for it.',
          ],
          facts: { heading: 'Why', items: [ended.objection ? `Your objection ${ended.objection} was looked into and is right.` : ended.reason, `Decided by: ${ended.by}`] },
          answer: 'If the money does not arrive, say so in person, by phone or in “My file”: it is looked into with a deadline.',
        }
      : {
          ...common,
          title: '解除暂缓发放告知书',
          paragraphs: [
            `您家${month.zh}的${title.zh} ${amount} 元，原来暂缓发放到 ${notice.until}（告知书 ${notice.number}）。${ended.objection ? '您提出的意见成立，' : ''}从 ${ended.on} 起不再因此缓发。`,
            '这笔钱随下一次银行发放打到您家届时登记的账户，不用再申请；另有告知书缓发的，到那份告知书的日期。',
          ],
          facts: { heading: '为什么', items: [ended.reason, `决定人：${ended.by}`] },
          answer: '钱没有到账的，可以当面说、打电话说，也可以在“我的档案”里提出“没有收到”，会限期查清。',
        };
  });
}
