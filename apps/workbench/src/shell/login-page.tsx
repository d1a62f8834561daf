import { confirmTotp, getSystem, signIn } from '@sunlit/api-spec';
import { CommandForm, useCommand, useEndpoint, useLocalised, useLocale } from '@sunlit/ui';
import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useT } from '../messages.ts';
import { DemoBanner, Wordmark } from './wordmark.tsx';

export function LoginPage({ onSignedIn }: { onSignedIn: () => void }) {
  const t = useT();
  const { locale, setLocale } = useLocale();
  const system = useEndpoint(getSystem, {}, { staleTime: Infinity }).data;
  return (
    <>
      {system?.demo ? <DemoBanner /> : null}
      <main className="login">
        <div className="login-brand">
          <Wordmark />
          <p className="answer">{t('app.subtitle')}</p>
          <Button type="link" onClick={() => setLocale(locale === 'en' ? 'zh-CN' : 'en')}>
            {t('app.language')}
          </Button>
        </div>
        <div className="login-card">
          <h1>{t('login.title')}</h1>
          <LoginForm onSignedIn={onSignedIn} />
        </div>
      </main>
    </>
  );
}

/** User name and password, then the one-time code where the account asks for it. */
export function LoginForm({ onSignedIn }: { onSignedIn: () => void }) {
  const t = useT();
  const [step, setStep] = useState<'password' | 'totp'>('password');
  const first = useCommand(signIn);
  const second = useCommand(confirmTotp);

  const enter = async (values: { userName: string; password: string }) => {
    const { next } = await first.mutateAsync({ body: values });
    if (next === 'totp') setStep('totp');
    else onSignedIn();
  };

  if (step === 'totp') {
    return (
      <CommandForm<{ code: string }>
        submitLabel={t('login.codeSubmit')}
        submitting={second.isPending}
        problem={second.error}
        onSubmit={(body) => second.mutateAsync({ body })}
        onDone={onSignedIn}
        onCancel={() => setStep('password')}
      >
        <Form.Item
          name="code"
          label={t('login.code')}
          extra={t('login.codeHint')}
          rules={[{ required: true, pattern: /^\d{6}$/ }]}
        >
          <Input inputMode="numeric" autoComplete="one-time-code" maxLength={6} autoFocus />
        </Form.Item>
      </CommandForm>
    );
  }
  return (
    <>
      <CommandForm<{ userName: string; password: string }>
        submitLabel={t('login.submit')}
        submitting={first.isPending}
        problem={first.error}
        onSubmit={enter}
      >
        <Form.Item name="userName" label={t('login.userName')} rules={[{ required: true }]}>
          <Input autoComplete="username" autoFocus />
        </Form.Item>
        <Form.Item name="password" label={t('login.password')} rules={[{ required: true }]}>
          <Input.Password autoComplete="current-password" />
        </Form.Item>
      </CommandForm>
      <Personas disabled={first.isPending} onChoose={(persona) => void enter(persona).catch(() => undefined)} />
    </>
  );
}

interface PersonasProps {
  disabled: boolean;
  onChoose: (persona: { userName: string; password: string }) => void;
}

/** Demo only: the server lists the personas a visitor may try, and none otherwise. */
function Personas({ disabled, onChoose }: PersonasProps) {
  const t = useT();
  const local = useLocalised();
  const system = useEndpoint(getSystem, {}, { staleTime: Infinity }).data;
  if (!system?.demo || system.personas.length === 0) return null;
  return (
    <section className="personas">
      <h2>{t('login.demo')}</h2>
      <p className="soft">{t('login.demoHint')}</p>
      <ul>
        {system.personas.map(({ userName, password, title }) => (
          <li key={userName}>
            <Button block disabled={disabled} onClick={() => onChoose({ userName, password })}>
              <span>{local(title)}</span>
              <span className="soft">{userName}</span>
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
