import type { NotRunReason } from '#analytics/rule-runner/index.ts';
import type { Locale } from '#platform/http/locale.ts';

/** As stored: a code, and after a colon what it is about. Never a message of the engine, which may hold a value. */
export function reasonCodeOf(reason: NotRunReason): string {
  return reason.code === 'dataset-missing' ? `dataset-missing:${reason.datasets.join(',')}` : reason.code;
}

/** In words. `titleOf` names a dataset kind. */
export function reasonText(code: string | null, locale: Locale, titleOf: (kind: string) => { zh: string; en: string }): string | null {
  if (code === null) return null;
  const english = locale === 'en';
  const [kind = '', about = ''] = code.split(':');
  if (kind === 'dataset-missing') {
    const names = about.split(',').map((one) => titleOf(one)[english ? 'en' : 'zh']);
    return english ? `Never delivered: ${names.join(', ')}` : `还没有收到：${names.join('、')}`;
  }
  if (kind === 'not-in-force') return english ? 'The rule is not in force on this day' : '这一天规则尚未生效或已失效';
  return english ? 'The rule could not be evaluated; the reason is in the server log' : '规则没有算完，原因已记入服务日志';
}
