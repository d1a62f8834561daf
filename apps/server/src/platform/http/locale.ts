import type { FastifyRequest } from 'fastify';

export type Locale = 'zh-CN' | 'en';

/** The reader's language: their own choice first, then the browser's; Chinese when in doubt. */
export function localeOf(request: Pick<FastifyRequest, 'headers'>): Locale {
  const chosen = /(?:^|;\s*)sunlit-locale=(zh-CN|en)/.exec(request.headers.cookie ?? '')?.[1];
  if (chosen) return chosen as Locale;
  return /^\s*en\b/i.test(request.headers['accept-language'] ?? '') ? 'en' : 'zh-CN';
}
