import type { FindingItem } from '@sunlit/api-spec';
import { Deadline, RegionName, SeverityTag, useLocalised } from '@sunlit/ui';
import { Link } from 'react-router';
import { FindingStateTag, isFinished } from './finding-state-tag.tsx';

/** Findings as short lines, for the to-do list, a household's page and the cockpit. */
export function FindingLines({ items }: { items: readonly FindingItem[] }) {
  const local = useLocalised();
  return (
    <ul className="lines">
      {items.map((item) => (
        <li key={item.id}>
          <div>
            <SeverityTag severity={item.severity} /> <Link to={`/findings/${item.id}`}>{item.headline}</Link>
            <div className="where">
              <RegionName region={item.region} /> · {item.rule} {local(item.ruleTitle)}
            </div>
          </div>
          <div>
            <FindingStateTag state={item.state} outcome={item.outcome} />
            <Deadline day={item.dueOn} workingDaysLeft={item.workingDaysLeft} over={isFinished(item.state)} />
          </div>
        </li>
      ))}
    </ul>
  );
}
