import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { localised, type NoticeField } from '@sunlit/api-spec';
import { parse } from 'yaml';
import { z } from 'zod';
import { findPolicy } from '#platform/configuration/policies.ts';
import type { Trx } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { repositoryFolder } from '#platform/settings.ts';
import { numberKind, type PolicyKind } from '#modules/programmes/index.ts';

const fieldDefinition = z.object({ label: localised, type: z.enum(['masked-name', 'text', 'count', 'amount', 'day']), required: z.boolean() });
const file = z.object({
  kinds: z.array(
    z.object({
      code: z.string(),
      title: localised,
      validFrom: z.iso.date(),
      validTo: z.iso.date().optional(),
      wording: localised,
      basis: z.string(),
      minimumDays: z.number().int().positive(),
      retentionDays: z.number().int().positive(),
      fields: z.array(z.string()).min(1),
    }),
  ),
  fields: z.record(z.string(), fieldDefinition),
  illnessWords: z.array(z.string().min(1)),
});

export interface NoticeKindDefinition extends Omit<z.output<typeof file>['kinds'][number], 'fields'> {
  fields: NoticeField[];
}

let loaded: { kinds: ReadonlyMap<string, NoticeKindDefinition>; illnessWords: readonly string[] } | undefined;

function load() {
  if (loaded) return loaded;
  const content = file.parse(parse(readFileSync(join(repositoryFolder, 'regions/_base/notices.yaml'), 'utf8')));
  const kinds = content.kinds.map((kind) => {
    const fields = kind.fields.map((name) => {
      const field = content.fields[name];
      if (!field) throw new Error(`Notice kind ${kind.code} names the unknown field ${name}.`);
      return { name, ...field };
    });
    return [kind.code, { ...kind, fields }] as const;
  });
  loaded = { kinds: new Map(kinds), illnessWords: content.illnessWords };
  return loaded;
}

export function noticeKinds(): NoticeKindDefinition[] {
  return [...load().kinds.values()];
}

export function illnessWords(): readonly string[] {
  return load().illnessWords;
}

export function findNoticeKind(code: string): NoticeKindDefinition | undefined {
  return load().kinds.get(code);
}

export function getNoticeKind(code: string): NoticeKindDefinition {
  const kind = findNoticeKind(code);
  if (!kind) throw new AppError('request-invalid', undefined, { fields: [{ path: 'kind', message: '没有这种公示。' }] });
  return kind;
}

const termCodes = { minimumDays: (kind: string) => `publication.minimum-days.${kind}`, retentionDays: (kind: string) => `publication.retention-days.${kind}` };

/** How long a notice stands and is kept: shipped with its kind, set by a region with its own basis. */
export function noticePolicyKinds(): PolicyKind[] {
  return noticeKinds().flatMap((kind) => [
    { ...numberKind(termCodes.minimumDays(kind.code), { zh: `公示最短天数：${kind.title.zh}`, en: `Least days of a notice: ${kind.title.en}` }, { unit: 'days', min: 1, max: 90 }), shipped: () => ({ value: kind.minimumDays, validFrom: kind.validFrom, basis: kind.basis }) },
    { ...numberKind(termCodes.retentionDays(kind.code), { zh: `公示内容保存天数：${kind.title.zh}`, en: `Days to keep a notice: ${kind.title.en}` }, { unit: 'days', min: 1, max: 3650 }), shipped: () => ({ value: kind.retentionDays, validFrom: kind.validFrom, basis: kind.basis }) },
  ]);
}

/** Calendar days a notice of this kind stands at least, and is kept after it ended, in a division on a day. */
export async function noticeTerms(trx: Trx, kind: NoticeKindDefinition, regionCode: string, on: string): Promise<{ minimumDays: number; retentionDays: number }> {
  const days = z.number().int().positive();
  const [minimum, retention] = [await findPolicy(trx, termCodes.minimumDays(kind.code), regionCode, on, days), await findPolicy(trx, termCodes.retentionDays(kind.code), regionCode, on, days)];
  return { minimumDays: minimum?.value ?? kind.minimumDays, retentionDays: retention?.value ?? kind.retentionDays };
}
