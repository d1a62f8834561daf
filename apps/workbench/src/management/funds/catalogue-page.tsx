import { getFundCatalogue } from '@sunlit/api-spec';
import { DetailPage, Facts, Section, useEndpoint, useLocalised } from '@sunlit/ui';
import { Tag } from 'antd';
import { useT } from '../../messages.ts';

/** Which funds there are and the rules they come with. */
export function FundCataloguePage() {
  const t = useT();
  const local = useLocalised();
  const reading = useEndpoint(getFundCatalogue, {});
  return (
    <DetailPage
      back={{ to: '/funds', label: t('fund.back.overview') }}
      title={t('fund.catalogue.title')}
      answer={t('fund.catalogue.answer')}
      loading={reading.isLoading}
      error={reading.error}
      onRetry={() => void reading.refetch()}
    >
      {(reading.data?.funds ?? []).map((fund) => (
        <Section
          key={fund.code}
          title={
            <>
              {local(fund.title)} <Tag>{t(`fund.source.${fund.source}`)}</Tag>
            </>
          }
        >
          <Facts
            items={[
              [t('fund.catalogue.purposes'), fund.purposes.map((one) => local(one.title)).join('、')],
              [t('fund.catalogue.negative'), fund.negativeList.map((one) => local(one.title)).join('、')],
              [
                t('fund.catalogue.factors'),
                fund.factors.map((one) => `${local(one.title)} ${one.share} %`).join('、') || null,
              ],
              [
                t('fund.catalogue.carry'),
                fund.carryOverYears === null
                  ? t('fund.catalogue.carry.free')
                  : t('fund.catalogue.carry.years', { years: fund.carryOverYears }),
              ],
              [t('fund.catalogue.basis'), `${fund.basis}（${t('fund.catalogue.from', { from: fund.validFrom })}）`],
            ]}
          />
        </Section>
      ))}
    </DetailPage>
  );
}
