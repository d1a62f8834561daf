import type { PermissionCode } from '@sunlit/api-spec';
import { ErrorState, PermissionGate } from '@sunlit/ui';
import type { ComponentType } from 'react';
import { createBrowserRouter, useRouteError, type RouteObject } from 'react-router';
import { HomePage } from './shell/home-page.tsx';
import { Layout } from './shell/layout.tsx';
import { NotFoundPage } from './shell/not-found-page.tsx';

/** A page fetched when it is first opened, and only shown to who holds the permission. */
function page(path: string, permission: PermissionCode | undefined, load: () => Promise<ComponentType>): RouteObject {
  return {
    path,
    lazy: async () => {
      const Page = await load();
      const Guarded = () =>
        permission ? (
          <PermissionGate permission={permission} page>
            <Page />
          </PermissionGate>
        ) : (
          <Page />
        );
      return { Component: Guarded };
    },
  };
}

function PageCrash() {
  return <ErrorState error={useRouteError()} onRetry={() => window.location.reload()} />;
}

export const router = createBrowserRouter(
  [
    {
      path: '/',
      Component: Layout,
      ErrorBoundary: PageCrash,
      HydrateFallback: () => null,
      children: [
        {
          ErrorBoundary: PageCrash,
          children: [
            { index: true, Component: HomePage },
            page(
              'cockpit',
              'finding.read',
              async () => (await import('./supervision/cockpit/cockpit-page.tsx')).CockpitPage,
            ),
            page(
              'findings',
              'finding.read',
              async () => (await import('./supervision/findings/finding-list-page.tsx')).FindingListPage,
            ),
            page(
              'findings/:id',
              'finding.read',
              async () => (await import('./supervision/findings/finding-page.tsx')).FindingPage,
            ),
            page('runs', 'run.read', async () => (await import('./supervision/runs/run-list-page.tsx')).RunListPage),
            page('runs/:id', 'run.read', async () => (await import('./supervision/runs/run-page.tsx')).RunPage),
            page(
              'rules',
              'rule.read',
              async () => (await import('./supervision/rules/rule-catalogue-page.tsx')).RuleCataloguePage,
            ),
            page('rules/:code', 'rule.read', async () => (await import('./supervision/rules/rule-page.tsx')).RulePage),
            page(
              'households',
              'household.read',
              async () => (await import('./management/households/household-list-page.tsx')).HouseholdListPage,
            ),
            page(
              'households/:id',
              'household.read',
              async () => (await import('./management/households/household-page.tsx')).HouseholdPage,
            ),
            page(
              'changes',
              'household.read',
              async () => (await import('./management/change-requests/change-list-page.tsx')).ChangeListPage,
            ),
            page(
              'changes/:id',
              'household.read',
              async () => (await import('./management/change-requests/change-page.tsx')).ChangePage,
            ),
            page(
              'data-quality',
              'household.read',
              async () => (await import('./management/data-quality/quality-page.tsx')).QualityPage,
            ),
            page(
              'record-linkage',
              'household.read',
              async () => (await import('./management/record-linkage/pair-list-page.tsx')).PairListPage,
            ),
            page(
              'record-linkage/:id',
              'household.read',
              async () => (await import('./management/record-linkage/pair-page.tsx')).PairPage,
            ),
            page(
              'funds',
              'fund.read',
              async () => (await import('./management/funds/fund-overview-page.tsx')).FundOverviewPage,
            ),
            page(
              'funds/documents',
              'fund.read',
              async () => (await import('./management/funds/document-list-page.tsx')).DocumentListPage,
            ),
            page(
              'funds/catalogue',
              'fund.read',
              async () => (await import('./management/funds/catalogue-page.tsx')).FundCataloguePage,
            ),
            page(
              'funds/clocks',
              'fund.read',
              async () => (await import('./management/funds/indicator-list-page.tsx')).ClockListPage,
            ),
            page(
              'funds/indicators',
              'fund.read',
              async () => (await import('./management/funds/indicator-list-page.tsx')).IndicatorListPage,
            ),
            page(
              'funds/indicators/:id',
              'fund.read',
              async () => (await import('./management/funds/indicator-page.tsx')).IndicatorPage,
            ),
            page(
              'funds/indicators/:id/trace',
              'fund.read',
              async () => (await import('./management/funds/trace-page.tsx')).TracePage,
            ),
            page(
              'funds/households/:id/trace',
              'fund.read',
              async () => (await import('./management/funds/trace-page.tsx')).HouseholdTracePage,
            ),
            page(
              'projects',
              'project.read',
              async () => (await import('./management/projects/project-list-page.tsx')).ProjectListPage,
            ),
            page(
              'projects/new',
              'project.declare',
              async () => (await import('./management/projects/project-form-page.tsx')).ProjectFormPage,
            ),
            page(
              'projects/:id',
              'project.read',
              async () => (await import('./management/projects/project-page.tsx')).ProjectPage,
            ),
            page(
              'projects/:id/trace',
              'project.read',
              async () => (await import('./management/funds/trace-page.tsx')).ProjectTracePage,
            ),
            page(
              'projects/:id/edit',
              'project.declare',
              async () => (await import('./management/projects/project-form-page.tsx')).ProjectFormPage,
            ),
            page(
              'assets',
              'project.read',
              async () => (await import('./management/projects/asset-list-page.tsx')).AssetListPage,
            ),
            page(
              'assets/:id',
              'project.read',
              async () => (await import('./management/projects/asset-page.tsx')).AssetPage,
            ),
            page(
              'contracts',
              'project.read',
              async () => (await import('./management/projects/contract-list-page.tsx')).ContractListPage,
            ),
            page(
              'contracts/:id',
              'project.read',
              async () => (await import('./management/projects/contract-page.tsx')).ContractPage,
            ),
            page(
              'vendors',
              'project.read',
              async () => (await import('./management/projects/contract-list-page.tsx')).VendorListPage,
            ),
            page(
              'vendors/:id',
              'project.read',
              async () => (await import('./management/projects/vendor-page.tsx')).VendorPage,
            ),
            page(
              'payouts',
              'payout.read',
              async () => (await import('./management/payouts/batch-list-page.tsx')).PayoutBatchListPage,
            ),
            page(
              'payouts/new',
              'payout.read',
              async () => (await import('./management/payouts/entitlement-page.tsx')).EntitlementPage,
            ),
            page(
              'payouts/work',
              'payout.read',
              async () => (await import('./management/payouts/work-list-page.tsx')).PayoutWorkPage,
            ),
            page(
              'payouts/:id',
              'payout.read',
              async () => (await import('./management/payouts/batch-page.tsx')).PayoutBatchPage,
            ),
            page(
              'ledger',
              'fund.read',
              async () => (await import('./management/funds/transaction-list-page.tsx')).TransactionListPage,
            ),
            page(
              'ledger/alarms',
              'ledger.watch',
              async () => (await import('./management/funds/ledger-alarm-page.tsx')).LedgerAlarmPage,
            ),
            page(
              'ledger/:id',
              'fund.read',
              async () => (await import('./management/funds/transaction-page.tsx')).TransactionPage,
            ),
            page(
              'imports',
              'household.import',
              async () => (await import('./management/imports/import-list-page.tsx')).ImportListPage,
            ),
            page(
              'imports/:id',
              'household.import',
              async () => (await import('./management/imports/import-page.tsx')).ImportPage,
            ),
            page(
              'datasets',
              'dataset.read',
              async () => (await import('./management/intake/dataset-kinds-page.tsx')).DatasetKindsPage,
            ),
            page(
              'deliveries',
              'dataset.read',
              async () => (await import('./management/intake/delivery-list-page.tsx')).DeliveryListPage,
            ),
            page(
              'deliveries/:id',
              'dataset.read',
              async () => (await import('./management/intake/delivery-page.tsx')).DeliveryPage,
            ),
            page(
              'corrections',
              'dataset.read',
              async () => (await import('./management/intake/correction-list-page.tsx')).CorrectionListPage,
            ),
            page(
              'identification',
              'identification.read',
              async () => (await import('./management/identification/procedure-list-page.tsx')).ProcedureListPage,
            ),
            page(
              'identification/:id',
              'identification.read',
              async () => (await import('./management/identification/procedure-page.tsx')).ProcedurePage,
            ),
            page(
              'notices',
              'notice.read',
              async () => (await import('./management/notices/notice-list-page.tsx')).NoticeListPage,
            ),
            page(
              'notices/:id',
              'notice.read',
              async () => (await import('./management/notices/notice-page.tsx')).NoticePage,
            ),
            page(
              'resident-requests',
              'my-file.answer',
              async () => (await import('./management/my-file/resident-request-list-page.tsx')).ResidentRequestListPage,
            ),
            page(
              'voices',
              'voice.read',
              async () => (await import('./management/voices/voice-list-page.tsx')).VoiceListPage,
            ),
            page(
              'policies',
              'policy.read',
              async () => (await import('./management/policies/policy-page.tsx')).PolicyPage,
            ),
            page(
              'regions/:code?',
              'region.read',
              async () => (await import('./management/regions/region-page.tsx')).RegionPage,
            ),
            page(
              'staff',
              'staff.read',
              async () => (await import('./management/staff/staff-list-page.tsx')).StaffListPage,
            ),
            page('audit', 'audit.read', async () => (await import('./shell/audit-page.tsx')).AuditPage),
            page('settings', undefined, async () => (await import('./shell/settings-page.tsx')).SettingsPage),
            { path: '*', Component: NotFoundPage },
          ],
        },
      ],
    },
  ],
  { basename: '/workbench' },
);
