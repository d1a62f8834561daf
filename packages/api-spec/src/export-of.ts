import type { z } from 'zod';
import { exportPurpose, type pageQuery } from './common.ts';
import { defineEndpoint, type Endpoint } from './endpoint.ts';

type PagedQuery<Shape extends z.ZodRawShape> = z.ZodObject<Shape & typeof pageQuery.shape>;

/** The list as a CSV file with the same filters, order and access; logged with its purpose. */
export function exportOf<Shape extends z.ZodRawShape, Response extends z.ZodType>(
  list: Endpoint<z.ZodType, PagedQuery<Shape>, z.ZodType, Response>,
): Endpoint<z.ZodType, z.ZodObject<Shape & typeof exportPurpose>, z.ZodType, z.ZodType> {
  return defineEndpoint({
    method: 'GET',
    path: `${list.path}/export`,
    access: list.access,
    tag: list.tag,
    summary: `${list.summary}, as CSV; logged with its purpose`,
    query: list.query!.omit({ cursor: true, limit: true } as never).extend(exportPurpose) as never,
    produces: 'text/csv',
  });
}
