import { MenuOutlined, UserOutlined } from '@ant-design/icons';
import { signOut } from '@sunlit/api-spec';
import { RegionPicker, TaskTray, useApi, useLocale, useMay } from '@sunlit/ui';
import { Button, Drawer, Dropdown, Grid, Menu } from 'antd';
import { useEffect, useState } from 'react';
import { Link, Outlet, useLocation, useNavigate, ScrollRestoration } from 'react-router';
import { useT } from '../messages.ts';
import { queryClient } from './api.ts';
import { GlobalSearch } from './global-search.tsx';
import { navigation } from './navigation.ts';
import { RegionProvider, useRegion } from './region.tsx';
import { useSession, useSystem } from './session.tsx';
import { useKeptFocus } from './use-kept-focus.ts';
import { DemoBanner, Wordmark } from './wordmark.tsx';

export function Layout() {
  return (
    <RegionProvider>
      <Frame />
    </RegionProvider>
  );
}

function Frame() {
  const t = useT();
  const system = useSystem();
  const isWide = Grid.useBreakpoint().lg !== false;
  const [menuOpen, setMenuOpen] = useState(false);
  const { pathname } = useLocation();
  useEffect(() => setMenuOpen(false), [pathname]);
  useKeptFocus();

  return (
    <>
      <a className="skip-link" href="#content">
        {t('app.skip')}
      </a>
      {system?.demo ? <DemoBanner /> : null}
      {system?.readOnly ? <div className="demo-banner">{t('app.readOnly')}</div> : null}
      <TopBar isWide={isWide} onMenu={() => setMenuOpen(true)} />
      <div className="app-body">
        {isWide ? (
          <nav className="app-side" aria-label={t('app.menu')}>
            <Navigation />
          </nav>
        ) : (
          <Drawer
            placement="left"
            size={260}
            open={menuOpen}
            onClose={() => setMenuOpen(false)}
            title={<Wordmark />}
            styles={{ body: { padding: 0 } }}
          >
            <nav aria-label={t('app.menu')}>
              <Navigation />
            </nav>
            <div className="drawer-region">
              <RegionSwitch />
            </div>
          </Drawer>
        )}
        <main id="content" tabIndex={-1}>
          <Outlet />
        </main>
      </div>
      <ScrollRestoration />
    </>
  );
}

function Navigation() {
  const t = useT();
  const may = useMay();
  const { pathname } = useLocation();
  const groups = navigation
    .map((group) => ({ ...group, items: group.items.filter((item) => !item.permission || may(item.permission)) }))
    .filter((group) => group.items.length > 0);
  const current = navigation
    .flatMap((group) => group.items)
    .find((item) => item.to !== '/' && pathname.startsWith(item.to));
  return (
    <Menu
      mode="inline"
      selectedKeys={[current?.to ?? '/']}
      style={{ borderInlineEnd: 0 }}
      items={groups.map((group) => {
        const items = group.items.map(({ to, label, icon: Icon }) => ({
          key: to,
          icon: <Icon aria-hidden />,
          label: <Link to={to}>{t(label)}</Link>,
        }));
        return group.label
          ? { type: 'group' as const, key: group.label, label: t(group.label), children: items }
          : items[0]!;
      })}
    />
  );
}

function RegionSwitch() {
  const t = useT();
  const { regionCode, setRegionCode } = useRegion();
  return <RegionPicker label={t('app.region')} value={regionCode} onChange={setRegionCode} width={200} />;
}

function TopBar({ isWide, onMenu }: { isWide: boolean; onMenu: () => void }) {
  const t = useT();
  const { locale, setLocale } = useLocale();
  const may = useMay();
  return (
    <header className="app-top">
      {isWide ? null : <Button type="text" icon={<MenuOutlined />} aria-label={t('app.menu')} onClick={onMenu} />}
      <Link to="/" className="home-link">
        <Wordmark />
      </Link>
      {isWide ? <RegionSwitch /> : null}
      {may('household.read') ? <GlobalSearch /> : <span className="grow" />}
      <TaskTray />
      <Button type="text" onClick={() => setLocale(locale === 'en' ? 'zh-CN' : 'en')}>
        {isWide ? t('app.language') : locale === 'en' ? '中' : 'En'}
      </Button>
      <AccountMenu isWide={isWide} />
    </header>
  );
}

function AccountMenu({ isWide }: { isWide: boolean }) {
  const t = useT();
  const api = useApi();
  const session = useSession();
  const navigate = useNavigate();
  const leave = async () => {
    await api.call(signOut, {}).catch(() => undefined);
    queryClient.clear();
    window.location.assign('/workbench/');
  };
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          { key: 'who', disabled: true, label: `${session.displayName} · ${session.region.name}` },
          { key: 'settings', label: t('nav.settings') },
          { key: 'leave', label: t('nav.signOut') },
        ],
        onClick: ({ key }) => (key === 'leave' ? void leave() : void navigate('/settings')),
      }}
    >
      <Button type="text" icon={<UserOutlined />} aria-label={t('app.account')}>
        {isWide ? session.displayName : null}
      </Button>
    </Dropdown>
  );
}
