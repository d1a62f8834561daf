import * as spec from '@sunlit/api-spec';
import type { z } from 'zod';
import { nationCode } from '@sunlit/kernel';
import type { TestApp, TestUser } from './test-app.ts';

type Proposal = z.input<typeof spec.changeProposal> & { reason?: string; despiteConflict?: string };

const deciders = new WeakMap<TestApp, Promise<[TestUser, TestUser]>>();

/** Two more people who decide on what somebody proposed, wherever it is. */
export function decidersOf(world: TestApp): Promise<[TestUser, TestUser]> {
  let found = deciders.get(world);
  if (!found) deciders.set(world, (found = Promise.all([world.user(['county-officer'], nationCode), world.user(['county-officer'], nationCode)])));
  return found;
}

/** The whole way of a change: proposed by one, verified where the procedure asks for it, approved by another. */
export async function changeRegistry(world: TestApp, by: TestUser, { reason = '更正', ...proposal }: Proposal): Promise<{ id: string; state: string }> {
  const proposed = await by.call(spec.proposeChange, { body: { ...proposal, reason } });
  if (proposed.status !== 200) throw new Error(`Not proposed: ${proposed.text}`);
  return { id: proposed.body.id, state: await approveChange(world, proposed.body.id) };
}

export async function approveChange(world: TestApp, id: string): Promise<string> {
  const [first, second] = await decidersOf(world);
  const { actions } = (await first.call(spec.getChangeRequest, { params: { id } })).body;
  if (actions.includes('verify')) await first.call(spec.decideChange, { params: { id }, body: { action: 'verify', reason: '已核对' } });
  const decided = await second.call(spec.decideChange, { params: { id }, body: { action: 'approve' } });
  if (decided.status !== 200) throw new Error(`Not approved: ${decided.text}`);
  return decided.body.state;
}
