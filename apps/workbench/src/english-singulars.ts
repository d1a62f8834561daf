import type { MessageKey } from './messages.ts';

/** English for exactly one, where the word for several would be wrong; Chinese needs none. */
export const englishSingulars: Partial<Record<`${MessageKey}_one`, string>> = {
  'change.approve.several_one': 'Approve the chosen change?',
  'home.answer.changes_one': 'One change of a household waits for you. ',
  'home.answer.unassigned_one': 'One finding in your division is not assigned yet.',
  'home.answer.drafts_one': 'One cross-check waits to be released.',
  'home.answer.held_one': 'One delivery waits for a decision.',
  'home.answer.corrections_one': 'One record waits to be corrected.',
  'fund.page.toHouseholds_one': 'one household',
  'fund.trace.payee.households_one': 'one household',
  'fund.trace.batch.households_one': '{{number}} (one household)',
  'household.check.hits_one': 'One rule hit. {{seconds}} s.',
  'ident.notices.open_one': 'one open objection',
  'import.apply.good_one': 'Write one row',
  'asset.distribution.disputed_one': 'one says less or nothing',
  'run.released_one': 'One finding released.',
};
