import { FileProtectOutlined } from '@ant-design/icons';
import {
  downloadAuthorisationForm,
  listAuthorisations,
  type AuthorisationItem,
  type HouseholdView,
} from '@sunlit/api-spec';
import { ErrorState, MeaningTag, Section, palette, useApi, useEndpoint, useLocalised, useMay } from '@sunlit/ui';
import { Button, Skeleton } from 'antd';
import { useT } from '../../messages.ts';
import { RecordAuthorisation } from './record-authorisation.tsx';
import { WithdrawAuthorisation } from './withdraw-authorisation.tsx';

const colours = { valid: palette.done, expired: palette.soon, withdrawn: palette.inkSoft } as const;

/** What the members have allowed to be looked at; without it, those data match nobody. */
export function Authorisations({ household }: { household: HouseholdView }) {
  const t = useT();
  const may = useMay();
  const reading = useEndpoint(listAuthorisations, { params: { id: household.id } });
  const answer = reading.data;
  return (
    <Section
      title={t('authorisation.title')}
      extra={
        answer && may('authorisation.record') ? (
          <RecordAuthorisation members={household.members} kinds={answer.kinds} />
        ) : null
      }
    >
      <p className="soft">{t('authorisation.hint')}</p>
      {reading.error ? <ErrorState error={reading.error} onRetry={() => void reading.refetch()} /> : null}
      {reading.isLoading ? <Skeleton active /> : null}
      {answer?.items.length === 0 ? <p className="soft">{t('authorisation.none')}</p> : null}
      <ul className="lines">
        {answer?.items.map((item) => (
          <li key={item.id}>
            <Authorisation item={item} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Authorisation({ item }: { item: AuthorisationItem }) {
  const t = useT();
  const may = useMay();
  const api = useApi();
  const local = useLocalised();
  return (
    <>
      <div>
        <strong>{item.personName}</strong> {item.kinds.map(({ title }) => local(title)).join(t('authorisation.and'))}{' '}
        <MeaningTag color={colours[item.state]} label={t(`authorisation.state.${item.state}`)} />
        <p className="where">
          {t('authorisation.signed', {
            on: item.signedOn,
            by: item.signerName
              ? `${item.signerName}（${t(`authorisation.by.${item.signedBy}`)}）`
              : t('authorisation.by.self'),
            until: item.validUntil ?? t('authorisation.until.withdrawn'),
            purpose: item.purpose,
          })}{' '}
          {t('authorisation.recorded', { by: item.recordedBy })}
        </p>
        {item.withdrawn ? <p className="where">{t('authorisation.withdrawn', item.withdrawn)}</p> : null}
      </div>
      {may('authorisation.record') ? (
        <div>
          {item.hasForm ? (
            <Button
              icon={<FileProtectOutlined />}
              onClick={() =>
                void api.download(downloadAuthorisationForm, { params: { id: item.id } }, t('authorisation.form'))
              }
            >
              {t('authorisation.form')}
            </Button>
          ) : null}
          {item.state === 'withdrawn' ? null : <WithdrawAuthorisation id={item.id} />}
        </div>
      ) : null}
    </>
  );
}
