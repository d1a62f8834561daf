import type { Locale, Text } from '../messages.ts';
import type { PublicRules } from '../page-data.ts';

const directionWords = {
  'receives-but-should-not': 'ruleReceives',
  'should-receive-but-does-not': 'ruleMissed',
  'money-off-track': 'ruleMoney',
} as const;

interface RulesPageProps {
  t: Text;
  locale: Locale;
  rules: PublicRules | undefined;
}

const percent = (share: number) => Math.round(share * 100);

export function RulesPage({ t, locale, rules }: RulesPageProps) {
  const say = (value: { zh: string; en: string }) => (locale === 'en' ? value.en : value.zh);
  const items = rules?.items ?? [];
  return (
    <>
      <h1>{t('rulesTitle')}</h1>
      <p className="lead">{t('rulesLead')}</p>
      <p>{t('rulesBoth')}</p>
      {items.length === 0 ? <p>{t('rulesNone')}</p> : null}
      {items.map((rule) => (
        <section key={rule.code} className="rule" id={rule.code}>
          <h2>
            {rule.code} {say(rule.title)}
          </h2>
          <p>{say(rule.purpose)}</p>
          <p className="soft">
            {t(directionWords[rule.direction])} · {t('ruleData')}:{' '}
            {rule.datasets.map(say).join(locale === 'en' ? ', ' : '、')}
          </p>
          <p className="soft">
            {rule.precision
              ? t('rulePrecision', {
                  decided: rule.precision.decided,
                  rate: percent(rule.precision.rate),
                  low: percent(rule.precision.low),
                  high: percent(rule.precision.high),
                })
              : t('ruleNoPrecision')}
          </p>
        </section>
      ))}
    </>
  );
}
