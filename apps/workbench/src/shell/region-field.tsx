import { RegionPicker } from '@sunlit/ui';

/** The picker as a form field: the form hands over id, value and onChange. */
export function RegionField(props: { id?: string; value?: string; onChange?: (code: string | undefined) => void }) {
  return (
    <RegionPicker
      id={props.id}
      value={props.value}
      onChange={(code) => props.onChange?.(code)}
      allowClear={false}
      width="100%"
    />
  );
}
