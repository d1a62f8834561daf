import { ApiProvider, createI18n, theme, useLocale } from '@sunlit/ui';
import { QueryClientProvider } from '@tanstack/react-query';
import { App as AntApp, ConfigProvider } from 'antd';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { I18nextProvider } from 'react-i18next';
import { RouterProvider } from 'react-router/dom';
import { catalogues } from './messages.ts';
import { router } from './router.tsx';
import { antLocales } from './shell/ant-locales.ts';
import { api, queryClient } from './shell/api.ts';
import { SessionGate } from './shell/session.tsx';
import './workbench.css';

function Root() {
  const { locale } = useLocale();
  // A click beside a dialog does not throw away what was typed in it.
  return (
    <ConfigProvider
      theme={theme}
      locale={antLocales[locale]}
      button={{ autoInsertSpace: false }}
      modal={{ mask: { closable: false } }}
    >
      <AntApp>
        <QueryClientProvider client={queryClient}>
          <ApiProvider client={api}>
            <SessionGate>
              <RouterProvider router={router} />
            </SessionGate>
          </ApiProvider>
        </QueryClientProvider>
      </AntApp>
    </ConfigProvider>
  );
}

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <I18nextProvider i18n={createI18n(catalogues)}>
      <Root />
    </I18nextProvider>
  </StrictMode>,
);
