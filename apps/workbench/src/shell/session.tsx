import { getSession, getSystem, type SessionView } from '@sunlit/api-spec';
import { ErrorState, OwnRegionProvider, PermissionProvider, useEndpoint } from '@sunlit/ui';
import { Modal, Spin } from 'antd';
import { createContext, useContext, useEffect, useState, type ReactNode } from 'react';
import { useT } from '../messages.ts';
import { onSignedOut } from './api.ts';
import { LoginForm, LoginPage } from './login-page.tsx';

const SessionContext = createContext<SessionView | undefined>(undefined);

export function useSession(): SessionView {
  const session = useContext(SessionContext);
  if (!session) throw new Error('useSession() outside <SessionGate>');
  return session;
}

export function useSystem() {
  return useEndpoint(getSystem, {}, { staleTime: Infinity }).data;
}

/** Shows the app to a person who signed in, else the login page; a session that ends midway is renewed over the page. */
export function SessionGate({ children }: { children: ReactNode }) {
  const t = useT();
  const session = useEndpoint(getSession, {}, { staleTime: 300_000 });
  const [ended, setEnded] = useState(false);
  useEffect(() => onSignedOut(() => setEnded(true)), []);
  const signedIn = () => {
    setEnded(false);
    void session.refetch();
  };

  if (session.data) {
    return (
      <SessionContext value={session.data}>
        <PermissionProvider permissions={session.data.permissions}>
          <OwnRegionProvider region={session.data.region}>{children}</OwnRegionProvider>
          <Modal open={ended} closable={false} footer={null} title={t('login.title')}>
            <p>{t('login.again')}</p>
            <LoginForm onSignedIn={signedIn} />
          </Modal>
        </PermissionProvider>
      </SessionContext>
    );
  }
  if (session.error?.status === 401) return <LoginPage onSignedIn={signedIn} />;
  if (session.error) return <ErrorState error={session.error} onRetry={() => void session.refetch()} />;
  return (
    <div className="session-loading" role="status">
      <Spin size="large" />
      <p>{t('app.loading')}</p>
    </div>
  );
}
