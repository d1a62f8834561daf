import * as spec from '@sunlit/api-spec';
import type { FastifyInstance } from 'fastify';
import { dictionaries } from '#platform/configuration/dictionaries.ts';
import { handle } from '#platform/http/endpoint-route.ts';
import { printIncomeForm } from './income/print-income-form.ts';
import { viewIncomeLedger } from './income/view-income.ts';
import { listSectionForms, viewSections } from './sections/view-sections.ts';
import { listPersonCells } from './person-cells.ts';
import { listHouseholdHistory, listHouseholdViewers } from './household-trail.ts';
import { listHouseholds, lookUpPerson } from './list-households.ts';
import { unmaskPerson } from './unmask-person.ts';
import { viewHousehold } from './view-household.ts';

export function registerHouseholdRoutes(app: FastifyInstance): void {
  handle(app, spec.listHouseholds, async ({ actor, query, locale }) => listHouseholds(actor, query, locale));
  handle(app, spec.lookUpPerson, async ({ actor, body, locale }) => lookUpPerson(actor, body.idNumber, locale));
  handle(app, spec.getHousehold, async ({ actor, params, query, locale }) => viewHousehold(actor, params.id, query, locale));
  handle(app, spec.getIncomeLedger, async ({ actor, params, query, locale }) => viewIncomeLedger(actor, params.id, query, locale));
  handle(app, spec.printIncomeForm, async ({ actor, params, query, locale, reply }) =>
    reply.type('text/html; charset=utf-8').header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'").send(await printIncomeForm(actor, params.id, query, locale)),
  );
  handle(app, spec.getRecordSections, async ({ actor, params, query, locale }) => viewSections(actor, params.id, query, locale));
  handle(app, spec.listSectionForms, async ({ actor, locale }) => listSectionForms(actor, locale));
  handle(app, spec.listHouseholdHistory, async ({ actor, params, locale }) => ({ items: await listHouseholdHistory(actor, params.id, locale) }));
  handle(app, spec.listHouseholdViewers, async ({ actor, params }) => ({ items: await listHouseholdViewers(actor, params.id) }));
  handle(app, spec.unmaskPerson, async ({ actor, params, body }) => unmaskPerson(actor, params.id, body));
  handle(app, spec.listPersonCells, async ({ actor, params }) => listPersonCells(actor, params.id));
  handle(app, spec.listDictionaries, async () => ({
    items: Object.entries(dictionaries()).map(([code, values]) => ({ code, values: values.map(({ code: value, zh, en }) => ({ code: value, zh, en })) })),
  }));
}
