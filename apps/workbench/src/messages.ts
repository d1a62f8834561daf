import { useText, type Text } from '@sunlit/ui';
import { englishSingulars } from './english-singulars.ts';
import { authorisationsEn, authorisationsZh } from './management/households/authorisation-messages.ts';
import { changesEn, changesZh } from './management/change-requests/messages.ts';
import { fundsEn, fundsZh } from './management/funds/messages.ts';
import { ledgerAlarmEn, ledgerAlarmZh } from './management/funds/ledger-alarm-messages.ts';
import { fundPapersEn, fundPapersZh } from './management/funds/paper-messages.ts';
import { payoutsEn, payoutsZh } from './management/payouts/messages.ts';
import { contractsEn, contractsZh } from './management/projects/contract-messages.ts';
import { assetsEn, assetsZh } from './management/projects/asset-messages.ts';
import { projectsEn, projectsZh } from './management/projects/messages.ts';
import { householdsEn, householdsZh } from './management/households/messages.ts';
import { importsEn, importsZh } from './management/imports/messages.ts';
import { incomeEn, incomeZh } from './management/income/messages.ts';
import { intakeEn, intakeZh } from './management/intake/messages.ts';
import { identificationEn, identificationZh } from './management/identification/messages.ts';
import { noticesEn, noticesZh } from './management/notices/messages.ts';
import { linkageEn, linkageZh } from './management/record-linkage/messages.ts';
import { qualityEn, qualityZh } from './management/data-quality/messages.ts';
import { policiesEn, policiesZh } from './management/policies/messages.ts';
import { regionsEn, regionsZh } from './management/regions/messages.ts';
import { sectionsEn, sectionsZh } from './management/sections/messages.ts';
import { staffEn, staffZh } from './management/staff/messages.ts';
import { myFileEn, myFileZh } from './management/my-file/messages.ts';
import { voicesEn, voicesZh } from './management/voices/messages.ts';
import { accountEn, accountZh } from './shell/account-messages.ts';
import { actionsEn, actionsZh } from './shell/action-messages.ts';
import { shellEn, shellZh } from './shell/messages.ts';
import { objectsEn, objectsZh } from './shell/object-messages.ts';
import { cockpitEn, cockpitZh } from './supervision/cockpit/messages.ts';
import { findingsEn, findingsZh } from './supervision/findings/messages.ts';
import { rulesEn, rulesZh } from './supervision/rules/messages.ts';
import { runsEn, runsZh } from './supervision/runs/messages.ts';

const zh = {
  ...shellZh,
  ...accountZh,
  ...actionsZh,
  ...objectsZh,
  ...changesZh,
  ...fundsZh,
  ...fundPapersZh,
  ...ledgerAlarmZh,
  ...payoutsZh,
  ...projectsZh,
  ...assetsZh,
  ...contractsZh,
  ...householdsZh,
  ...authorisationsZh,
  ...importsZh,
  ...incomeZh,
  ...intakeZh,
  ...policiesZh,
  ...qualityZh,
  ...linkageZh,
  ...noticesZh,
  ...identificationZh,
  ...regionsZh,
  ...sectionsZh,
  ...staffZh,
  ...voicesZh,
  ...myFileZh,
  ...cockpitZh,
  ...findingsZh,
  ...rulesZh,
  ...runsZh,
};

export type MessageKey = keyof typeof zh;

const en: Record<MessageKey, string> = {
  ...shellEn,
  ...accountEn,
  ...actionsEn,
  ...objectsEn,
  ...changesEn,
  ...fundsEn,
  ...fundPapersEn,
  ...ledgerAlarmEn,
  ...payoutsEn,
  ...projectsEn,
  ...assetsEn,
  ...contractsEn,
  ...householdsEn,
  ...authorisationsEn,
  ...importsEn,
  ...incomeEn,
  ...intakeEn,
  ...policiesEn,
  ...qualityEn,
  ...linkageEn,
  ...noticesEn,
  ...identificationEn,
  ...regionsEn,
  ...sectionsEn,
  ...staffEn,
  ...voicesEn,
  ...myFileEn,
  ...cockpitEn,
  ...findingsEn,
  ...rulesEn,
  ...runsEn,
};

export const catalogues: { 'zh-CN': Record<string, string>; en: Record<string, string> } = {
  'zh-CN': zh,
  en: { ...en, ...englishSingulars },
};

/** The workbench's words; a key that does not exist does not compile. */
export function useT(): Text<MessageKey> {
  return useText<MessageKey>();
}
