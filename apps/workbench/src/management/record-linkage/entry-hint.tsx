import { findPossibleDuplicates } from '@sunlit/api-spec';
import { RegionName, useApi, type CallResult } from '@sunlit/ui';
import { Alert, Form } from 'antd';
import { useEffect, useState } from 'react';
import { Link } from 'react-router';
import { useT } from '../../messages.ts';

type Found = CallResult<typeof findPossibleDuplicates>;

const typingPauseMilliseconds = 500;
const shortestNumber = 15;

/** Inside a form of a change with `name`, `idNumber` and `birthDate`: who may already be registered. It stops nobody. */
export function EntryHint() {
  const t = useT();
  const api = useApi();
  const form = Form.useFormInstance();
  const name = Form.useWatch<string | undefined>(['change', 'name'], form)?.trim();
  const typed = Form.useWatch<string | undefined>(['change', 'idNumber'], form)?.trim();
  const birthDate = Form.useWatch<string | undefined>(['change', 'birthDate'], form);
  const idNumber = typed && typed.length >= shortestNumber ? typed : undefined;
  const [found, setFound] = useState<Found>();
  useEffect(() => {
    setFound(undefined);
    if (!name || (!idNumber && !birthDate)) return undefined;
    let current = true;
    const timer = setTimeout(() => {
      api.call(findPossibleDuplicates, { body: { name, idNumber, birthDate } }).then(
        (answer) => current && setFound(answer),
        // A hint that cannot be had holds nobody up; saving says what is wrong.
        () => undefined,
      );
    }, typingPauseMilliseconds);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [api, name, idNumber, birthDate]);
  if (!found || (found.items.length === 0 && !found.elsewhere)) return null;
  return (
    <Alert
      type="warning"
      showIcon
      title={t('linkage.entry.title')}
      description={
        <ul>
          {found.items.map((item) => (
            <li key={item.person.id}>
              <Link to={`/households/${item.household.id}`}>
                {item.person.name} <span className="number">{item.household.number}</span>
              </Link>{' '}
              <RegionName region={item.region} />: {t(`linkage.entry.${item.number}`)}, {t('linkage.part.name')}{' '}
              {t(`linkage.level.${item.name}`)}
            </li>
          ))}
          {found.elsewhere ? <li>{t('linkage.entry.elsewhere', { region: found.elsewhere.name })}</li> : null}
        </ul>
      }
    />
  );
}
