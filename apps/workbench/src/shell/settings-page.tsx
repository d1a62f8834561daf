import { changePassword, listSessions, signOutEverywhere } from '@sunlit/api-spec';
import { CommandForm, Facts, FormPage, Section, formatMoment, useCommand, useEndpoint, useLocalised } from '@sunlit/ui';
import { App, Button, Form, Input } from 'antd';
import { useT } from '../messages.ts';
import { useSession } from './session.tsx';
import { TotpSettings } from './totp-settings.tsx';

export function SettingsPage() {
  const t = useT();
  const local = useLocalised();
  const session = useSession();
  return (
    <FormPage title={t('settings.title')}>
      <Section title={t('settings.who')}>
        <Facts
          items={[
            [session.displayName, session.userName],
            [t('settings.region'), session.region.fullName],
            [t('settings.department'), session.department?.name],
            [t('settings.roles'), session.roles.map((role) => local(role.title)).join('、')],
          ]}
        />
      </Section>
      <Section title={t('settings.totp')}>
        <TotpSettings />
      </Section>
      <Sessions />
      <Section title={t('settings.password')}>
        <PasswordForm />
      </Section>
    </FormPage>
  );
}

function Sessions() {
  const t = useT();
  const { modal } = App.useApp();
  const sessions = useEndpoint(listSessions, {});
  const everywhere = useCommand(signOutEverywhere);
  const leave = () =>
    modal.confirm({
      title: t('settings.everywhere'),
      content: t('settings.everywhere.confirm'),
      onOk: async () => {
        await everywhere.mutateAsync({});
        window.location.assign('/workbench/');
      },
    });
  return (
    <Section title={t('settings.sessions')} extra={<Button onClick={leave}>{t('settings.everywhere')}</Button>}>
      <ul className="lines">
        {(sessions.data?.items ?? []).map((item) => (
          <li key={item.id}>
            <div>
              {item.userAgent ?? t('settings.session.unknown')}{' '}
              {item.current ? <strong>({t('settings.session.current')})</strong> : null}
              <div className="where">
                {t('settings.session.since', { at: formatMoment(item.createdAt) })} ·{' '}
                {t('settings.session.until', { at: formatMoment(item.expiresAt) })}
              </div>
            </div>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function PasswordForm() {
  const t = useT();
  const { message } = App.useApp();
  const change = useCommand(changePassword);
  return (
    <CommandForm<{ currentPassword: string; newPassword: string }>
      key={change.isSuccess ? 'done' : 'open'}
      submitLabel={t('settings.password')}
      submitting={change.isPending}
      problem={change.error}
      onDone={() => void message.success(t('settings.password.done'))}
      onSubmit={(body) => change.mutateAsync({ body })}
    >
      <Form.Item name="currentPassword" label={t('settings.password.current')} rules={[{ required: true }]}>
        <Input.Password autoComplete="current-password" />
      </Form.Item>
      <Form.Item name="newPassword" label={t('settings.password.next')} rules={[{ required: true, min: 10 }]}>
        <Input.Password autoComplete="new-password" />
      </Form.Item>
    </CommandForm>
  );
}
