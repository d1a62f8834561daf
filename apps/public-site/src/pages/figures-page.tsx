import { addressOf } from '../frame.tsx';
import type { Locale, Text } from '../messages.ts';
import type { Figures } from '../page-data.ts';

const number = new Intl.NumberFormat('zh-CN');

interface FiguresPageProps {
  t: Text;
  locale: Locale;
  figures: Figures | undefined;
}

export function FiguresPage({ t, locale, figures }: FiguresPageProps) {
  if (!figures || figures.rows.length === 0) {
    return (
      <>
        <h1>{t('figuresTitle')}</h1>
        <p>{t('figuresNone')}</p>
      </>
    );
  }
  const here = addressOf('figures', locale);
  const lead = figures.asOf
    ? t('figuresLead', { region: figures.region.fullName, asOf: figures.asOf })
    : t('figuresLeadNoDate', { region: figures.region.fullName });
  return (
    <>
      <h1>{t('figuresTitle')}</h1>
      <p className="lead">{lead}</p>
      {figures.parent ? (
        <p>
          <a href={`${here}?regionCode=${figures.parent.code}`}>{t('figuresUp', { region: figures.parent.name })}</a>
        </p>
      ) : null}
      <div className="scroll" tabIndex={0} role="region" aria-label={t('figuresTitle')}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('figuresPlace')}</th>
              {figures.columns.map((column) => (
                <th key={column.code} scope="col" className="n">
                  {locale === 'en' ? column.title.en : column.title.zh}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {figures.rows.map((row) => (
              <tr key={row.region.code}>
                <th scope="row">
                  {row.hasChildren ? (
                    <a href={`${here}?regionCode=${row.region.code}`}>{row.region.name}</a>
                  ) : (
                    row.region.name
                  )}
                </th>
                {row.values.map((value, index) => (
                  <Cell key={index} value={value} t={t} />
                ))}
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{t('figuresTotal')}</th>
              {figures.total.map((value, index) => (
                <Cell key={index} value={value} t={t} />
              ))}
            </tr>
          </tfoot>
        </table>
      </div>
      <p className="soft">{t('figuresWhy', { threshold: figures.threshold })}</p>
    </>
  );
}

/** The server suppresses; a hidden cell says so in words instead of looking like a zero. */
function Cell({ value, t }: { value: number | null; t: Text }) {
  if (value === null) return <td className="n hidden-cell">{t('figuresHidden')}</td>;
  return <td className="n">{number.format(value)}</td>;
}
