import { WarningOutlined } from '@ant-design/icons';
import type { HouseholdView } from '@sunlit/api-spec';
import { TableFrame, palette, useMay } from '@sunlit/ui';
import { useT } from '../../messages.ts';
import { ChangePerson } from '../change-requests/change-person.tsx';
import { daysOf } from './days-of.ts';
import { RevealValue } from './reveal-value.tsx';

type Member = HouseholdView['members'][number];

export function MemberList({ household, editable }: { household: HouseholdView; editable: boolean }) {
  const t = useT();
  const may = useMay();
  const canChange = editable && may('household.propose');
  return (
    <TableFrame label={t('household.members')}>
      <table className="plain-table">
        <thead>
          <tr>
            {(['name', 'relation', 'id', 'age', 'labour', 'student', 'health', 'medical'] as const).map((column) => (
              <th key={column} scope="col" className="nowrap">
                {t(`household.member.${column}`)}
              </th>
            ))}
            {canChange ? <th scope="col">{t('household.member.more')}</th> : null}
          </tr>
        </thead>
        <tbody>
          {household.members.map((member) => (
            <tr key={member.personId}>
              <th scope="row" className="nowrap">
                {member.name}
                {member.to ? (
                  <div className="soft">
                    {t('household.member.left', { day: member.to, reason: member.leftReason ?? '' })}
                  </div>
                ) : null}
              </th>
              <td className="nowrap">
                {member.relation?.label ?? '—'}
                {member.sex ? ` · ${member.sex.label}` : ''}
              </td>
              <td>
                <RevealValue
                  personId={member.personId}
                  field="idNumber"
                  masked={member.idNumberMasked}
                  days={daysOf(household, editable)}
                />
                {member.idNumberProblem ? (
                  <div style={{ color: palette.soon }}>
                    <WarningOutlined aria-hidden /> {member.idNumberProblem}
                  </div>
                ) : null}
              </td>
              <td className="nowrap">
                {member.age === null ? '—' : t('household.member.ageYears', { age: member.age })}
              </td>
              <td>{member.labour?.label ?? '—'}</td>
              <td>{member.student?.label ?? '—'}</td>
              <td>
                {member.health
                  ? member.health.map((value) => value.label).join('、') || '—'
                  : t('household.member.hidden')}
              </td>
              <td>
                <Insurance member={member} />
              </td>
              {canChange ? (
                <td>
                  <ChangePerson member={member} household={household} />
                </td>
              ) : null}
            </tr>
          ))}
        </tbody>
      </table>
    </TableFrame>
  );
}

function Insurance({ member }: { member: Member }) {
  const t = useT();
  if (member.employeeMedicalInsured) return t('household.member.medical.employee');
  if (member.residentMedicalInsured) return t('household.member.medical.resident');
  const unknown = member.residentMedicalInsured === null && member.employeeMedicalInsured === null;
  return t(unknown ? 'household.member.medical.unknown' : 'household.member.medical.none');
}
