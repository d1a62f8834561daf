import { sql } from 'kysely';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { dayOf } from '#platform/clock/today.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { householdNotice } from '#platform/http/household-notice.ts';
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

/** The notice of a held payment on paper: for the household itself, or for who hands it over. */
export async function holdNotice(actor: Actor, id: string, locale: Locale): Promise<string> {
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
    const { title } = programmeView(line.programme_code);
    const notice = holdNoticeView(row);
    const months = monthsInWords(line, locale);
    const common = { from: name(row.region_code).fullName, number: notice.number, contact: notice.contact, day: dayOf(row.made_at) };
    if (locale === 'en')
      return householdNotice(
        {
          ...common,
          title: 'A payment is held for a time',
          to: `To the household of ${line.payee_name}`,
          paragraphs: [
            `The payment of ${title.en} for ${months}, ${yuan(line.amount_fen)} yuan, is held until ${notice.until}.`,
            ...(notice.withdrawn ? ['This notice has been withdrawn: the payment is no longer held for this reason.'] : []),
            `Your benefit is not ended by this. By ${notice.until} it is paid, unless the responsible department decides otherwise by the legal procedure and tells you in writing.`,
          ],
          facts: { heading: 'Why', items: [notice.fact.en, `Reason: ${notice.reason}`, `Legal basis: ${notice.legalBasis}`] },
          answer: 'If you do not agree, say so in person, by phone, in writing or in “My file”, or have somebody speak for you. Somebody who did not make this decision answers you.',
        },
        locale,
      );
    return householdNotice(
      {
        ...common,
        title: '暂缓发放告知书',
        to: `${line.payee_name} 户：`,
        paragraphs: [
          `您家${months}的${title.zh} ${yuan(line.amount_fen)} 元，暂缓发放，到 ${notice.until} 为止。`,
          ...(notice.withdrawn ? ['这份告知书已经撤销，不再因此缓发。'] : []),
          `这不是取消您的待遇。到 ${notice.until}，除非主管部门依法另作决定并书面告诉您，这笔钱照常发给您。`,
        ],
        facts: { heading: '为什么', items: [notice.fact.zh, `原因：${notice.reason}`, `依据：${notice.legalBasis}`] },
        answer: '您认为不对，可以当面说、打电话说、写下来，也可以在“我的档案”里提出，或者请家人、别人代您说。由没有作这个决定的人答复您。',
      },
      locale,
    );
  });
}
