import { beginTotp, finishTotp } from '@sunlit/api-spec';
import { CommandForm, useCommand } from '@sunlit/ui';
import { App, Form, Input, QRCode } from 'antd';
import { useT } from '../messages.ts';
import { useSession } from './session.tsx';

/** Sets up the second factor: password again, scan, first code. The key leaves the page with it. */
export function TotpSettings() {
  const t = useT();
  const session = useSession();
  const { message } = App.useApp();
  const begin = useCommand(beginTotp);
  const finish = useCommand(finishTotp);
  if (session.totpEnabled) return <p>{t('settings.totp.on')}</p>;
  if (!begin.data) {
    return (
      <>
        <p>
          {t('settings.totp.off')} {session.totpRequired ? <strong>{t('settings.totp.required')}</strong> : null}
        </p>
        <CommandForm<{ password: string }>
          submitLabel={t('settings.totp.begin')}
          submitting={begin.isPending}
          problem={begin.error}
          onSubmit={(body) => begin.mutateAsync({ body })}
        >
          <Form.Item name="password" label={t('settings.password.current')} rules={[{ required: true }]}>
            <Input.Password autoComplete="current-password" />
          </Form.Item>
        </CommandForm>
      </>
    );
  }
  const secret = new URL(begin.data.totpUri).searchParams.get('secret') ?? '';
  return (
    <>
      <p>{t('settings.totp.scan')}</p>
      <QRCode value={begin.data.totpUri} type="svg" />
      <p className="number">{secret.replace(/(.{4})/g, '$1 ')}</p>
      <p>{t('settings.totp.backup')}</p>
      <p className="number">{begin.data.backupCodes.join('　')}</p>
      <CommandForm<{ code: string }>
        submitLabel={t('settings.totp.finish')}
        submitting={finish.isPending}
        problem={finish.error}
        onDone={() => void message.success(t('settings.totp.done'))}
        onSubmit={(body) => finish.mutateAsync({ body })}
      >
        <Form.Item name="code" label={t('login.code')} rules={[{ required: true, pattern: /^\d{6}$/ }]}>
          <Input inputMode="numeric" autoComplete="one-time-code" maxLength={6} />
        </Form.Item>
      </CommandForm>
    </>
  );
}
