import {
  CheckCircleOutlined,
  CloseCircleOutlined,
  ExclamationCircleOutlined,
  MinusCircleOutlined,
} from '@ant-design/icons';
import type { DeliveryView } from '@sunlit/api-spec';
import { formatShare, palette } from '@sunlit/ui';
import { useT } from '../../messages.ts';

const looks = {
  green: { icon: <CheckCircleOutlined aria-hidden />, color: palette.done },
  amber: { icon: <ExclamationCircleOutlined aria-hidden />, color: palette.soon },
  red: { icon: <CloseCircleOutlined aria-hidden />, color: palette.harm },
  none: { icon: <MinusCircleOutlined aria-hidden />, color: palette.inkSoft },
};

/** Five lights, each with its number and a sentence: never a colour alone. */
export function QualityLights({ lights }: { lights: DeliveryView['lights'] }) {
  const t = useT();
  return (
    <ul className="lights">
      {lights.map((light) => (
        <li key={light.code}>
          <span style={{ color: looks[light.light].color }}>
            {looks[light.light].icon} {t(`intake.lightState.${light.light}`)}
          </span>
          <strong>{light.value === null ? '—' : formatShare(light.value)}</strong>
          <div>{t(`intake.light.${light.code}`)}</div>
          <div className="soft">{light.text}</div>
        </li>
      ))}
    </ul>
  );
}
