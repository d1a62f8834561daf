import i18next, { type i18n as I18n } from 'i18next';
import { useMemo } from 'react';
import { initReactI18next, useTranslation } from 'react-i18next';
import { uiEn } from './locales/en.ts';
import { uiZh, type UiMessageKey } from './locales/zh-cn.ts';

export type Locale = 'zh-CN' | 'en';
export type Values = Record<string, string | number>;

const storageKey = 'sunlit.language';

export function storedLocale(): Locale {
  return localStorage.getItem(storageKey) === 'en' ? 'en' : 'zh-CN';
}

/** One flat catalogue per language: the app's features and this package's own words. zh-CN is the source. */
export function createI18n(catalogues: Record<Locale, Record<string, string>>): I18n {
  const instance = i18next.createInstance();
  void instance.use(initReactI18next).init({
    lng: storedLocale(),
    fallbackLng: 'zh-CN',
    resources: {
      'zh-CN': { translation: { ...uiZh, ...catalogues['zh-CN'] } },
      en: { translation: { ...uiEn, ...catalogues.en } },
    },
    keySeparator: false,
    nsSeparator: false,
    initAsync: false,
    interpolation: { escapeValue: false },
  });
  const remember = (language: string) => {
    document.documentElement.lang = language;
    // Pages the server writes itself (notices, receipts, the public site) read the choice from this cookie.
    document.cookie = `sunlit-locale=${language}; path=/; max-age=31536000; samesite=lax`;
  };
  remember(instance.language);
  instance.on('languageChanged', (language) => {
    localStorage.setItem(storageKey, language);
    remember(language);
  });
  return instance;
}

export type Text<Key extends string> = (key: Key, values?: Values) => string;

/** `text()` whose keys are checked: an app passes its own catalogue's keys as the type. */
export function useText<Key extends string>(): Text<Key> {
  const { t } = useTranslation();
  return useMemo(() => t as unknown as Text<Key>, [t]);
}

export function useUiText(): Text<UiMessageKey> {
  return useText<UiMessageKey>();
}

/** Picks the language of a bilingual value that came as data (rule titles, dictionary labels). */
export function useLocalised(): (value: { zh: string; en?: string | null } | string | null | undefined) => string {
  const { i18n } = useTranslation();
  return useMemo(
    () => (value) => {
      if (value === null || value === undefined) return '';
      if (typeof value === 'string') return value;
      return i18n.language === 'en' ? (value.en ?? value.zh) : value.zh;
    },
    [i18n.language],
  );
}

export function useLocale(): { locale: Locale; setLocale: (locale: Locale) => void } {
  const { i18n } = useTranslation();
  return {
    locale: i18n.language === 'en' ? 'en' : 'zh-CN',
    setLocale: (locale) => void i18n.changeLanguage(locale),
  };
}
