import type { ConfigProviderProps } from 'antd';
import enModule from 'antd/locale/en_US.js';
import zhModule from 'antd/locale/zh_CN.js';

type AntLocale = NonNullable<ConfigProviderProps['locale']>;

/** The package's locale files are CommonJS: bundlers hand over either the value or its namespace. */
function unwrap(loaded: object): AntLocale {
  return ('locale' in loaded ? loaded : (loaded as { default: unknown }).default) as AntLocale;
}

export const antLocales = { 'zh-CN': unwrap(zhModule), en: unwrap(enModule) };
