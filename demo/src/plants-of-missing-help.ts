import { benefitRow, emitAid, schoolRow, settlement } from './household-facts.ts';
import { child, head, member } from './planted-case.ts';
import type { PlantedCase } from './planted-case.ts';

/** B01–B05, B07: help that should have reached somebody. */
export const plantsOfMissingHelp: readonly PlantedCase[] = [
  {
    rule: 'B01',
    label: 'planted',
    note: 'nobody can work, below the line, on no roll',
    perSample: 6,
    needs: { status: 'marginal', welfare: 'none', single: true },
    plant({ household, random, expect }) {
      head(household).labour = 'lost';
      household.incomePerCapitaYuan = random.between(4200, 8800);
      expect('B01', { household });
    },
  },
  {
    rule: 'B01',
    label: 'look-alike',
    note: 'nobody can work, above the line',
    perSample: 3,
    needs: { status: 'marginal', welfare: 'none', single: true },
    plant({ household, random }) {
      head(household).labour = 'lost';
      household.incomePerCapitaYuan = random.between(9960, 10_800);
    },
  },
  {
    rule: 'B01',
    label: 'look-alike',
    note: 'below the line, but one member can work a little',
    perSample: 3,
    needs: { status: 'marginal', welfare: 'none', single: true },
    plant({ household }) {
      head(household).labour = 'weak';
      household.incomePerCapitaYuan = 8000;
    },
  },
  {
    rule: 'B02',
    label: 'planted',
    note: 'a student without aid this school year',
    perSample: 12,
    needs: { status: 'lifted', child: 16 },
    plant({ household, exceptions, expect, random }) {
      const student = child(household);
      student.student = random.pick(['senior', 'vocational']);
      exceptions.skip.add(`aid:${student.idNumber}`);
      expect('B02', { person: student }, '2026');
    },
  },
  {
    rule: 'B02',
    label: 'look-alike',
    note: 'a student of a household that was never helped',
    perSample: 3,
    needs: { status: 'ordinary', welfare: 'none', child: 16 },
    plant({ household }) {
      child(household).student = 'senior';
    },
  },
  {
    rule: 'B03',
    label: 'planted',
    note: 'a child on no school’s roll, or gone from it',
    perSample: 4,
    needs: { status: 'unstable', child: 13 },
    plant({ household, exceptions, emit, random, expect }) {
      const pupil = child(household);
      exceptions.skip.add(`school:${pupil.idNumber}`);
      if (random.chance(0.5)) emit('school-enrolment', schoolRow(household, pupil, 'junior', 'left'));
      expect('B03', { person: pupil });
    },
  },
  {
    rule: 'B03',
    label: 'look-alike',
    note: 'taught at home, in a special school, or on approved leave',
    perSample: 4,
    needs: { status: 'unstable', child: 11 },
    plant({ household, exceptions, emit, random }) {
      const pupil = child(household);
      exceptions.skip.add(`school:${pupil.idNumber}`);
      const [stage, state] = random.pick([
        ['primary', 'home-teaching'],
        ['special', 'enrolled'],
        ['primary', 'suspended'],
      ] as const);
      emit('school-enrolment', schoolRow(household, pupil, stage, state));
      emitAid(household, pupil, emit);
    },
  },
  {
    rule: 'B04',
    label: 'planted',
    note: 'hospital bills above the early-warning line',
    perSample: 8,
    needs: { status: 'lifted' },
    plant({ household, random, emit, expect }) {
      for (let bill = 0; bill < 2; bill += 1)
        emit('medical-settlement', settlement(head(household), random, 'inpatient', random.between(4000, 16_000)));
      expect('B04', { person: head(household) }, '2026');
    },
  },
  {
    rule: 'B04',
    label: 'look-alike',
    note: 'heavy bills, but medical aid was given',
    perSample: 3,
    needs: { status: 'lifted' },
    plant({ household, random, emit }) {
      emit('medical-settlement', settlement(head(household), random, 'inpatient', 14_000));
      emit('benefit', benefitRow(household, head(household), 'medical-aid', '2026-05', 0, '2026-05'));
    },
  },
  {
    rule: 'B04',
    label: 'look-alike',
    note: 'a household never helped, below its own line',
    perSample: 3,
    needs: { status: 'ordinary', welfare: 'none' },
    plant: ({ household, random, emit }) =>
      emit('medical-settlement', settlement(head(household), random, 'inpatient', 13_000)),
  },
  {
    rule: 'B05',
    label: 'planted',
    note: 'without medical insurance',
    perSample: 12,
    needs: { status: 'lifted' },
    plant({ household, random, emit, exceptions, expect }) {
      const person = head(household);
      person.residentInsured = false;
      person.employeeInsured = false;
      exceptions.skip.add(`insured:${person.idNumber}`);
      if (random.chance(0.3))
        emit('medical-insurance', {
          id_number: person.idNumber,
          name: person.name,
          insurance_class: 'resident',
          insurance_year: '2026',
          state: 'suspended',
        });
      expect('B05', { person }, '2026');
    },
  },
  {
    rule: 'B05',
    label: 'look-alike',
    note: 'the registry does not know, but the insurer does',
    perSample: 3,
    needs: { status: 'lifted' },
    plant({ household }) {
      head(household).residentInsured = false;
      head(household).employeeInsured = false;
    },
  },
  {
    rule: 'B07',
    label: 'planted',
    note: 'severely disabled, without care allowance',
    perSample: 6,
    needs: { status: 'unstable', welfare: 'none', elder: true },
    plant({ household, random, exceptions, expect }) {
      const mother = member(household, '之母');
      mother.disability = { level: random.between(1, 2), classCode: 'limb' };
      mother.health = '残疾';
      exceptions.skip.add(`care:${mother.idNumber}`);
      expect('B07', { person: mother });
    },
  },
  {
    rule: 'B07',
    label: 'look-alike',
    note: 'severely disabled on destitute support',
    perSample: 3,
    needs: { status: 'ordinary', welfare: 'destitute-support', single: true },
    plant({ household }) {
      head(household).disability = { level: 1, classCode: 'vision' };
      head(household).health = '残疾';
    },
  },
];
