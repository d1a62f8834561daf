import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { demoAsOf, generateCity, type CityManifest, type Scale } from '@sunlit/demo';
import { newId } from '@sunlit/kernel';
import { sql } from 'kysely';
import { z } from 'zod';
import { systemActor, type Actor } from '#platform/authorization/actor.ts';
import { setSecondFactorEnforced } from '#platform/authorization/authorize.ts';
import { findPolicy } from '#platform/configuration/policies.ts';
import { withExclusiveLock } from '#platform/database/exclusive-lock.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { checkDelivery, chooseDatasets, datasetKinds, deliverFile, viewDelivery } from '#modules/data-intake/index.ts';
import { departmentNames, findActorByUserName } from '#modules/organisation/index.ts';
import { decidePolicy, proposePolicy } from '#modules/programmes/index.ts';
import { importHouseholdsFile, recordAuthorisation } from '#modules/registries/households/index.ts';
import { executeRun, listRunCounts, listRuns, releaseRun, startRun, viewRun } from '#modules/supervision/cross-checks/index.ts';
import type { Runtime } from '../../runtime.ts';
import { CommandError } from '../command-error.ts';
import { makeFunds } from './make-funds.ts';
import { makePayouts } from './make-payouts.ts';
import { makeIdentification } from './make-identification.ts';
import { openInstallation, type Installation } from './installation.ts';
import { openCityPersonas, openLocalPersonas, providerOf, type Persona } from './personas.ts';

export interface DemoOptions {
  scale?: Scale;
  seed?: number;
  onStep?: (step: string) => void;
  signal?: AbortSignal;
}

const city = '320800000000';
const county = '320826000000';
/** left for whoever tries the demo to release */
const rulesLeftToRelease = 2;

/** Where the files of the demo lie: as the county and its departments would send them, with what is wrong in them. */
export function demoFolder(dataFolder: string, plan: string): string {
  return join(dataFolder, 'demo', plan);
}

/**
 * Makes the demo city, or the rest of it after an interruption: every step looks first whether it is done. Nothing goes
 * in by a back door: the files pass the ordinary import, intake, cross-check and release, under named accounts. Gives
 * the personas; undefined when the installation holds real data.
 */
export async function ensureDemo(runtime: Runtime, options: DemoOptions = {}): Promise<Persona[] | undefined> {
  const installation = await openInstallation(runtime.ownerUrl);
  try {
    const plan = planOfDemo(options, installation.get('demo'));
    if (installation.get('demo-complete')) return demoPersonas(installation);
    if (!installation.get('demo') && (await hasRealData())) return undefined;
    return await withExclusiveLock('demo', () => makeDemo(runtime, installation, { ...options, ...plan }));
  } finally {
    await installation.close();
  }
}

interface DemoPlan {
  plan: string;
  scale: Scale;
  seed: number;
}

/** What is not asked for is as it stands: starting again goes on with the city that was begun, whatever its scale. */
export function planOfDemo(asked: Pick<DemoOptions, 'scale' | 'seed'>, standing: string | undefined): DemoPlan {
  const [standingScale, standingSeed] = (standing ?? 'sample-2026').split('-') as [string, string];
  const scale = asked.scale ?? (/^\d+$/.test(standingScale) ? Number(standingScale) : (standingScale as Scale));
  const seed = asked.seed ?? Number(standingSeed);
  const plan = `${scale}-${seed}`;
  if (standing !== undefined && plan !== standing) throw new CommandError(`这里已有另一个演示（${standing}）；请换一个空的数据文件夹（SUNLIT_DATA）和密钥文件夹（SUNLIT_KEYS）。`);
  return { plan, scale, seed };
}

export function demoPersonas(installation: Installation): Persona[] {
  return JSON.parse(installation.get('demo-personas') ?? '[]') as Persona[];
}

export async function hasRealData(): Promise<boolean> {
  return inTransaction(systemActor, async (trx) => {
    const household = await trx.selectFrom('households.household').select('id').limit(1).executeTakeFirst();
    const staff = await trx.selectFrom('organisation.staff').select('id').limit(1).executeTakeFirst();
    return household !== undefined || staff !== undefined;
  });
}

async function makeDemo(runtime: Runtime, installation: Installation, options: DemoOptions & DemoPlan): Promise<Persona[]> {
  const step = (text: string) => {
    if (options.signal?.aborted) throw new CommandError('演示数据没有建完；下次启动会接着做。');
    options.onStep?.(text);
  };
  const { plan } = options;
  await installation.set('demo', plan);
  setSecondFactorEnforced(false);

  step('开设演示账号…… / opening the demo accounts');
  const cityPersonas = await openCityPersonas(await providingDepartments());
  const officer = await actorOf('officer');

  const folder = demoFolder(runtime.settings.dataFolder, plan);
  const manifest = await makeFiles(folder, options, step);
  if (!installation.get('demo-households')) {
    step(`导入 ${manifest.households} 户 ${manifest.persons} 人…… / importing the households`);
    await importHouseholds(officer, folder, manifest.householdFile, manifest.registeredOn);
    if (manifest.laterFile.rows > 0) await importHouseholds(officer, folder, manifest.laterFile.file, manifest.laterFile.registeredOn);
    await installation.set('demo-households', String(manifest.households));
  }
  if (!installation.get('demo-authorisations')) {
    step('登记一部分户的本人授权…… / recording some authorisations');
    await installation.set('demo-authorisations', String(await recordAuthorisations(officer, manifest.asOf)));
  }
  await setDemoPublisher(officer, await actorOf('officer.second'));
  step(`记一年的资金账：${manifest.funds.steps} 笔业务…… / a fiscal year of funds`);
  await makeFunds(folder, plan, manifest, (done, of) => step(`记资金账 ${Math.round((done / of) * 100)} % / funds`));
  await takeInFiles(folder, manifest, step);
  step(`发放一年的补贴：${manifest.payouts.steps} 步…… / a fiscal year of pay-outs`);
  await makePayouts(folder, plan, manifest, (done, of) => step(`发放补贴 ${Math.round((done / of) * 100)} % / pay-outs`));
  const run = await crossCheck(officer, manifest.asOf, step, options.signal);
  await releaseMost(officer, run);

  step('开设镇村演示账号…… / opening the town and village accounts');
  const { town, village } = await placeWithFindings(officer, run);
  const personas = [...cityPersonas.slice(0, 3), ...(await openLocalPersonas(town, village)), ...cityPersonas.slice(3)];
  if (!installation.get('demo-identification')) {
    step('登记几件识别帮扶事项…… / a few cases of identification');
    await installation.set('demo-identification', 'begun');
    await makeIdentification({ clerk: await actorOf('clerk'), reviewer: await actorOf('reviewer'), officer: await actorOf('officer.lianshui') });
  }
  await installation.set('demo-personas', JSON.stringify(personas));
  await installation.set('demo-complete', new Date().toISOString());
  return personas;
}

/** Proposed by one and approved by another, and marked as made up: no such prefix is registered anywhere. */
async function setDemoPublisher(proposer: Actor, approver: Actor): Promise<void> {
  const code = 'open-contracting.publisher';
  if (await inTransaction(systemActor, (trx) => findPolicy(trx, code, city, demoAsOf, z.unknown()))) return;
  const value = { releasePrefix: 'ocds-demo00', projectPrefix: 'oc4ids-demo00', name: '演示发布单位（虚构，前缀未登记）', uri: 'https://demo.example', license: 'https://creativecommons.org/publicdomain/zero/1.0/' };
  const { id } = await proposePolicy(proposer, { commandId: newId(), regionCode: city, code, value, validFrom: '2025-01-01', basis: '演示数据，没有登记' });
  await decidePolicy(approver, id, { commandId: newId(), action: 'approve', reason: '演示数据' });
}

async function providingDepartments(): Promise<{ code: string; name: string }[]> {
  const codes = new Set([...(await datasetKinds()).values()].map((kind) => kind.provider));
  const names = await inTransaction(systemActor, departmentNames);
  return [...codes].sort().map((code) => ({ code, name: names.get(code) ?? code }));
}

async function actorOf(userName: string): Promise<Actor> {
  const actor = await findActorByUserName(userName);
  if (!actor) throw new CommandError(`演示账号 ${userName} 不存在。`);
  return actor;
}

async function makeFiles(folder: string, options: DemoOptions & DemoPlan, step: (text: string) => void): Promise<CityManifest> {
  const manifest = join(folder, 'manifest.json');
  if (!existsSync(manifest)) {
    step('生成演示城市的文件…… / writing the files of the demo city');
    rmSync(folder, { recursive: true, force: true });
    await generateCity({ scale: options.scale, seed: options.seed, outFolder: folder, onProgress: ({ households, of }) => step(`生成演示城市的文件 ${Math.round((households / of) * 100)} % / writing`) });
  }
  return JSON.parse(readFileSync(manifest, 'utf8')) as CityManifest;
}

async function importHouseholds(officer: Actor, folder: string, file: string, asOf: string): Promise<void> {
  const { view, firstProblems } = await importHouseholdsFile(officer, join(folder, file), file, { asOf, mode: 'all-or-nothing' });
  if (view.state !== 'applied') throw new CommandError(`演示户表没有导入：${view.failure ?? firstProblems.map((problem) => `第 ${problem.row} 行 ${problem.column} ${problem.message}`).join('；')}`);
}

const authorisingHouseholds = 100;

/** Every adult of some households, spread over the city, has signed that tax and housing fund may be looked at. */
async function recordAuthorisations(officer: Actor, signedOn: string): Promise<number> {
  const kinds = [...(await datasetKinds()).values()].filter(({ matching }) => matching.authorisationRequired).map(({ code }) => code);
  const persons = await inTransaction(officer, async (trx) => {
    const { rows } = await sql<{ id: string }>`
      SELECT p.id FROM (SELECT id, row_number() OVER (ORDER BY responsible_region_code, number) AS place, count(*) OVER () AS households FROM households.household) h
      JOIN households.person p ON p.household_id = h.id
      WHERE h.place % greatest(h.households / ${authorisingHouseholds}, 1) = 0 AND p.birth_date <= ${signedOn}::date - interval '18 years' ORDER BY h.place, p.birth_date, p.name`.execute(trx);
    return rows;
  });
  for (const { id } of persons) await recordAuthorisation(officer, id, { commandId: newId(), kinds, purpose: '社会救助家庭经济状况核对', signedBy: 'self', signedOn });
  return persons.length;
}

async function takeInFiles(folder: string, manifest: CityManifest, step: (text: string) => void): Promise<void> {
  const kinds = await datasetKinds();
  const accepted = new Set((await chooseDatasets(systemActor, manifest.asOf, city)).map((delivery) => delivery.kind));
  for (const [index, { kind, file, rows }] of manifest.departmentFiles.entries()) {
    if (accepted.has(kind)) continue;
    const { title, provider } = kinds.get(kind)!;
    step(`接收部门数据 ${index + 1}/${manifest.departmentFiles.length}：${title.zh} ${rows} 行…… / taking in ${title.en}`);
    const actor = await actorOf(providerOf(provider));
    const path = join(folder, file);
    const { id, taskId } = await deliverFile(actor, { commandId: newId(), kind, asOf: manifest.asOf }, { path, fileName: file, mediaType: 'application/octet-stream', size: statSync(path).size });
    await checkDelivery(actor, { actorId: actor.accountId, subjectId: id, taskId });
    const view = await viewDelivery(actor, id, 'zh-CN');
    if (view.state !== 'accepted') throw new CommandError(`演示数据 ${title.zh} 没有被接收：${view.failure ?? view.holdReasons.map(({ text }) => text).join('；')}`);
  }
}

/** The first cross-check, or the one that an interruption left. */
async function crossCheck(officer: Actor, asOf: string, step: (text: string) => void, signal: AbortSignal | undefined): Promise<string> {
  const { items } = await listRuns(officer, { limit: 50, sort: 'newest' });
  const usable = items.find((run) => run.asOf === asOf && run.region.code === city && run.state !== 'failed' && run.state !== 'cancelled');
  step('第一次比对…… / the first cross-check');
  const id = usable?.id ?? (await startRun(officer, { commandId: newId(), regionCode: city, asOf }, { inline: true })).id;
  await executeRun(officer, id, { signal, onProgress: ({ done, of, rule }) => step(`比对 ${done}/${of}：${rule} / cross-checking`) });
  const run = await viewRun(officer, id, 'zh-CN');
  if (run.state === 'failed') throw new CommandError(`第一次比对没有完成：${run.failure}`);
  return id;
}

async function releaseMost(officer: Actor, runId: string): Promise<void> {
  const run = await viewRun(officer, runId, 'zh-CN');
  const withHits = run.rules.filter((rule) => rule.state === 'done' && rule.hits > 0);
  const rules = withHits.slice(0, -rulesLeftToRelease).filter((rule) => rule.releasedAt === null).map((rule) => rule.code);
  if (rules.length > 0) await releaseRun(officer, { commandId: newId(), id: runId, rules });
}

/** The town of the county with the most hits, and the village with the most in it. */
async function placeWithFindings(officer: Actor, runId: string): Promise<{ town: string; village: string }> {
  const sums = new Map<string, number>();
  const released = new Set((await viewRun(officer, runId, 'zh-CN')).rules.filter((rule) => rule.releasedAt !== null).map((rule) => rule.code));
  for (const item of (await listRunCounts(officer, runId, { level: 'village' })).items) {
    if (!released.has(item.rule)) continue;
    for (const code of [item.region.code, `${item.region.code.slice(0, 9)}000`]) sums.set(code, (sums.get(code) ?? 0) + item.hits);
  }
  const most = (prefix: string, isTown: boolean) =>
    [...sums]
      .filter(([code]) => code.startsWith(prefix) && code.endsWith('000') === isTown)
      .sort(([a, x], [b, y]) => y - x || a.localeCompare(b))[0]?.[0];
  const town = most(county.slice(0, 6), true) ?? most(city.slice(0, 4), true);
  const village = town && most(town.slice(0, 9), false);
  if (!town || !village) throw new CommandError('演示城市里没有任何命中，无法开设镇村账号。');
  return { town, village };
}
