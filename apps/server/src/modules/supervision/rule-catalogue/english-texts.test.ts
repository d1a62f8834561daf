import { expect, it } from 'vitest';
import { inTransaction } from '#platform/database/transaction.ts';
import { systemActor } from '#platform/authorization/actor.ts';
import { openTestDatabase } from '#testing/test-database.ts';
import { getRuleLibrary, listCatalogue } from './index.ts';
import { bothLanguages } from '#platform/configuration/english-texts.ts';

it('has English for every basis, purpose, impact assessment and department that ships', async () => {
  const test = await openTestDatabase();
  try {
    const { kinds, baseParameters } = await getRuleLibrary();
    const rules = await listCatalogue();
    const texts = [
      ...rules.flatMap(({ impactAssessment: { assessedOn: _, ...words } }) => Object.values(words)),
      ...[...kinds.values()].flatMap((kind) => [kind.legalBasis, kind.purpose]),
      ...Object.values(baseParameters).flatMap((dated) => dated.map((one) => one.basis)),
      ...(await inTransaction(systemActor, (trx) => trx.selectFrom('platform.policy_value').select('basis').execute())).map((row) => row.basis),
      ...(await inTransaction(systemActor, (trx) => trx.selectFrom('organisation.department').select('name').execute())).map((row) => row.name),
    ];
    expect([...new Set(texts)].filter((text) => bothLanguages(text).en === text)).toEqual([]);
    expect(rules.flatMap((rule) => rule.legalBasis.filter((basis) => !basis.en).map((basis) => `${rule.code} ${basis.zh}`))).toEqual([]);
  } finally {
    await test.close();
  }
});
