import { SearchOutlined } from '@ant-design/icons';
import { lookUpPerson } from '@sunlit/api-spec';
import { useApi } from '@sunlit/ui';
import { App, Input, type InputRef } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { useT } from '../messages.ts';

/** A whole identity number, as typed or pasted: full-width digits and spaces are forgiven. */
function readIdNumber(typed: string): string | undefined {
  const plain = typed.normalize('NFKC').replace(/\s/g, '').toUpperCase();
  return /^(\d{15}|\d{17}[\dX])$/.test(plain) ? plain : undefined;
}

/** Finds a household from anywhere. What is typed never enters an address; a whole identity number travels in a body and is recorded. */
export function GlobalSearch() {
  const t = useT();
  const navigate = useNavigate();
  const ref = useRef<InputRef>(null);
  const [typed, setTyped] = useState('');
  const api = useApi();
  const { message } = App.useApp();
  const search = async () => {
    const words = typed.trim();
    if (!words) return;
    setTyped('');
    // The keys belong to the list that opens now: arrows walk it without a way back by Tab.
    ref.current?.blur();
    const idNumber = readIdNumber(words);
    if (!idNumber) return void navigate('/households', { state: { q: words } });
    try {
      const { items } = await api.call(lookUpPerson, { body: { idNumber } });
      const found = items[0];
      if (found) void navigate(`/households/${found.id}`);
      else void message.info(t('app.search.none'));
    } catch {
      void message.error(t('app.search.failed'));
    }
  };
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (
        event.key !== '/' ||
        event.defaultPrevented ||
        target.closest('input,textarea,select,[role="combobox"],[role="dialog"]')
      )
        return;
      event.preventDefault();
      ref.current?.focus();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  return (
    <Input
      ref={ref}
      className="grow global-search"
      aria-label={t('app.search')}
      placeholder={t('app.search')}
      prefix={<SearchOutlined aria-hidden />}
      suffix={<kbd>/</kbd>}
      value={typed}
      autoComplete="off"
      onChange={(event) => setTyped(event.target.value)}
      onPressEnter={() => void search()}
    />
  );
}
