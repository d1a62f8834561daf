import { getRegion, type HouseholdView } from '@sunlit/api-spec';
import { useEndpoint } from '@sunlit/ui';
import { Form, Select } from 'antd';
import { useT } from '../../messages.ts';
import { ProposeForm } from './propose-form.tsx';

const shortName = (name: string) => name.replace(/(?:村民委员会|居民委员会|村委会|居委会|社区|村)$/u, '');

/** Which of the villages that took over the household's own it belongs to; the one that its address names is proposed. */
export function DivisionForm({ household, onClose }: { household: HouseholdView; onClose: () => void }) {
  const t = useT();
  const region = useEndpoint(getRegion, { params: { code: household.region.code } });
  if (!region.data) return null;
  const named = region.data.successors.filter(({ name }) => household.address?.includes(shortName(name)));
  return (
    <ProposeForm
      householdId={household.id}
      onClose={onClose}
      initial={named.length === 1 ? { regionCode: named[0]!.code } : {}}
      toChange={({ regionCode }) => ({ kind: 'division', regionCode: regionCode as string })}
    >
      <Form.Item
        name={['change', 'regionCode']}
        label={t('change.division.where')}
        extra={t('change.division.help', { address: household.address ?? '—' })}
        rules={[{ required: true, message: t('change.division.required') }]}
      >
        <Select
          options={region.data.successors.map(({ code, name, fullName }) => ({
            value: code,
            label: name,
            title: fullName,
          }))}
        />
      </Form.Item>
    </ProposeForm>
  );
}
