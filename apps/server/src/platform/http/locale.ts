import type { FastifyRequest } from 'fastify';

export type Locale = 'zh-CN' | 'en';

/** The reader's language: that of the link they followed, then their own choice, then the browser's; Chinese when in doubt. */
export function localeOf(request: Pick<FastifyRequest, 'headers'> & { url?: string }): Locale {
  const asked = /[?&]language=(zh-CN|en)(?:&|$)/.exec(request.url ?? '')?.[1];
  if (asked) return asked as Locale;
  const chosen = /(?:^|;\s*)sunlit-locale=(zh-CN|en)/.exec(request.headers.cookie ?? '')?.[1];
  if (chosen) return chosen as Locale;
  return /^\s*en\b/i.test(request.headers['accept-language'] ?? '') ? 'en' : 'zh-CN';
}
