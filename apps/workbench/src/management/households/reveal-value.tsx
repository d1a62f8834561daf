import { unmaskPerson } from '@sunlit/api-spec';
import { MaskedValue, useApi, useMay } from '@sunlit/ui';

interface RevealValueProps {
  personId: string | undefined;
  field: 'idNumber' | 'phone' | 'bankAccount';
  masked: string | null;
  /** of the page: the full value is the one that is shown masked */
  days?: { asOf?: string | undefined; knownAt?: string | undefined } | undefined;
}

/** A masked value that whoever may unmask can see in full, with a recorded reason. */
export function RevealValue({ personId, field, masked, days }: RevealValueProps) {
  const api = useApi();
  const may = useMay();
  if (!masked) return '—';
  const reveal =
    personId && may('person.unmask')
      ? async (reason: string) =>
          (await api.call(unmaskPerson, { params: { id: personId }, body: { field, reason, ...days } })).value
      : undefined;
  return <MaskedValue masked={masked} reveal={reveal} />;
}
