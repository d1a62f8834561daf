import { getAuth, loginAddress } from './auth.ts';

/**
 * Opens a login for a staff id, or completes one that a crash left half-way.
 */
export async function createLogin(account: { id: string; userName: string; displayName: string; password: string }): Promise<void> {
  const context = await getAuth().$context;
  const existing = await context.internalAdapter.findUserById(account.id);
  const user =
    existing ??
    (await context.internalAdapter.createUser({
      id: account.id,
      name: account.displayName,
      email: loginAddress(account.userName),
      emailVerified: true,
      username: account.userName,
      displayUsername: account.userName,
    }, undefined as never));
  if (existing && (await context.internalAdapter.findAccounts(account.id)).length > 0) return;
  await context.internalAdapter.linkAccount({ userId: user.id, accountId: user.id, providerId: 'credential', password: await context.password.hash(account.password) });
}

export async function endSessionsOf(accountId: string): Promise<void> {
  const context = await getAuth().$context;
  await context.internalAdapter.deleteUserSessions(accountId);
}
