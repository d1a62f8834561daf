import type { Endpoint, QueryOf, ResponseOf } from '@sunlit/api-spec';
import { newId } from '@sunlit/kernel';
import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import { recordAudit } from '../audit/record-audit.ts';
import type { Actor } from '../authorization/actor.ts';
import { today } from '../clock/today.ts';
import { inTransaction } from '../database/transaction.ts';
import { csvText } from '../files/tabular/csv-text.ts';
import { handle } from './endpoint-route.ts';
import type { Locale } from './locale.ts';

const mostRows = 50_000;
const pageSize = 200;

interface PageOf<Item> {
  items: Item[];
  nextCursor: string | null;
  total: number;
  totalIsCapped: boolean;
}

type ItemOf<E> = ResponseOf<E> extends PageOf<infer Item> ? Item : never;

export interface ListColumn<Item> {
  readonly zh: string;
  readonly en: string;
  readonly value: (item: Item, words: (text: { zh: string; en: string }) => string) => string | number | null;
}

/** Words for the codes of a column: code → [Chinese, English]. */
export function codeColumn<Item>(zh: string, en: string, codeOf: (item: Item) => string, words: Readonly<Record<string, readonly [string, string]>>): ListColumn<Item> {
  return {
    zh,
    en,
    value: (item, inWords) => {
      const known = words[codeOf(item)];
      return known ? inWords({ zh: known[0], en: known[1] }) : codeOf(item);
    },
  };
}

/**
 * A list and the same list as CSV: the file holds what the list shows its reader and nothing else, is safe from formulas,
 * says who took it, when and what for, and is recorded.
 */
export function handleList<E extends Endpoint, X extends Endpoint>(
  app: FastifyInstance,
  endpoint: E,
  exported: X,
  /** `name` of the file, and of the list in the audit trail */
  list: { name: string; read: (actor: Actor, query: QueryOf<E>, locale: Locale) => Promise<ResponseOf<E>>; columns: readonly ListColumn<ItemOf<E>>[] },
): void {
  handle(app, endpoint as Endpoint, async ({ actor, query, locale }) => list.read(actor, query as QueryOf<E>, locale) as Promise<z.input<z.ZodType>>);
  handle(app, exported as Endpoint, async ({ actor, query, locale, reply }) => {
    const { purpose, ...filters } = query as { purpose: string };
    const en = locale === 'en';
    const words = (text: { zh: string; en: string }): string => (en ? text.en : text.zh);
    const rows: string[][] = [];
    let cursor: string | undefined;
    do {
      const page = (await list.read(actor, { ...filters, limit: pageSize, cursor } as QueryOf<E>, locale)) as PageOf<ItemOf<E>>;
      for (const item of page.items) rows.push(list.columns.map((column) => String(column.value(item, words) ?? '')));
      cursor = page.nextCursor ?? undefined;
    } while (cursor && rows.length < mostRows);
    const exportId = newId();
    await inTransaction(actor, (trx) => recordAudit(trx, actor, { action: 'list.export', objectKind: 'export', objectId: exportId, regionCode: actor.regionCode, reason: purpose, details: { list: list.name, rows: rows.length } }));
    const mark = [words({ zh: `导出人 ${actor.displayName}，${today()}，用途：${purpose}，导出编号 ${exportId}`, en: `Exported by ${actor.displayName} on ${today()}; purpose: ${purpose}; export ${exportId}` })];
    return reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="${list.name}.csv"`)
      .send(csvText([mark, list.columns.map(words), ...rows, mark]));
  });
}
