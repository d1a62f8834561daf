import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { localised, type Localised } from '@sunlit/api-spec';
import { parse } from 'yaml';
import { z } from 'zod';
import { AppError } from '#platform/errors.ts';
import { repositoryFolder } from '#platform/settings.ts';

const worded = z.object({ code: z.string(), zh: z.string(), en: z.string() });
const category = z.object({
  code: z.string(),
  title: localised,
  assetClass: z.enum(['operating', 'public', 'household']),
  required: z.array(z.string()),
  /** OC4IDS sector */
  sector: z.string(),
  validFrom: z.iso.date(),
  basis: z.string(),
});
const catalogueFile = z
  .object({
    targetKinds: z.array(worded.extend({ group: z.enum(['output', 'benefit', 'satisfaction']) })),
    documentKinds: z.array(worded.extend({ picture: z.boolean().default(false) })),
    workItems: z.array(worded.extend({ unit: localised })),
    categories: z.array(category),
  })
  .superRefine((file, context) => {
    const kinds = new Set(file.documentKinds.map(({ code }) => code));
    for (const one of file.categories) for (const code of one.required) if (!kinds.has(code)) context.addIssue(`${one.code}: there is no kind of paper ${code}`);
  });
type Catalogue = z.output<typeof catalogueFile>;
export type ProjectCategory = z.output<typeof category>;

let loaded: Catalogue | undefined;

export function projectCatalogue(): Catalogue {
  loaded ??= catalogueFile.parse(parse(readFileSync(join(repositoryFolder, 'regions/_base/projects.yaml'), 'utf8')));
  return loaded;
}

export function getCategory(code: string): ProjectCategory {
  const found = projectCatalogue().categories.find((one) => one.code === code);
  if (!found) throw new AppError('request-invalid', undefined, { fields: [{ path: 'categoryCode', message: '没有这种项目类别。' }] });
  return found;
}

export function categoryTitle(code: string): { code: string; title: Localised } {
  return { code, title: projectCatalogue().categories.find((one) => one.code === code)?.title ?? { zh: code, en: code } };
}

function titleOf(entries: readonly { code: string; zh: string; en: string }[], code: string): { code: string; title: Localised } {
  const found = entries.find((one) => one.code === code);
  return { code, title: { zh: found?.zh ?? code, en: found?.en ?? code } };
}

export const workItemTitle = (code: string) => ({ ...titleOf(projectCatalogue().workItems, code), unit: projectCatalogue().workItems.find((one) => one.code === code)?.unit ?? { zh: '', en: '' } });
export const documentTitle = (code: string) => titleOf(projectCatalogue().documentKinds, code);
export const targetTitle = (code: string) => titleOf(projectCatalogue().targetKinds, code);
