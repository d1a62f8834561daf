import { listDictionaries } from '@sunlit/api-spec';
import { useEndpoint, useLocale } from '@sunlit/ui';

/** The values of a code list in the person's language, as choices of a select. */
export function useDictionary(code: string): { value: string; label: string }[] {
  const { locale } = useLocale();
  const reading = useEndpoint(listDictionaries, {}, { staleTime: Infinity });
  const dictionary = reading.data?.items.find((item) => item.code === code);
  return (dictionary?.values ?? []).map((value) => ({
    value: value.code,
    label: locale === 'en' ? value.en || value.zh : value.zh,
  }));
}
