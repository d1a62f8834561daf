import type { PermissionCode } from '@sunlit/api-spec';
import { createContext, useContext, type ReactNode } from 'react';
import { ApiProblem } from './api-problem.ts';
import { ErrorState } from './error-state.tsx';

const PermissionContext = createContext<ReadonlySet<string>>(new Set());

export function PermissionProvider({ permissions, children }: { permissions: readonly string[]; children: ReactNode }) {
  return <PermissionContext value={new Set(permissions)}>{children}</PermissionContext>;
}

/** Whether the person holds the permission anywhere. The server decides again, and for the exact scope. */
export function useMay(): (permission: PermissionCode) => boolean {
  const held = useContext(PermissionContext);
  return (permission) => held.has(permission);
}

/** Shows its content only with the permission; a whole page says so in words, a button is simply left out. */
export function PermissionGate({
  permission,
  page,
  children,
}: {
  permission: PermissionCode;
  page?: boolean;
  children: ReactNode;
}) {
  const may = useMay();
  if (may(permission)) return children;
  return page ? (
    <article className="page">
      <ErrorState error={new ApiProblem({ status: 403, code: 'forbidden', title: '' })} />
    </article>
  ) : null;
}
