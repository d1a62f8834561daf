import { getRegion, getSession, listRegions, listStaff, createStaff, signIn } from '@sunlit/api-spec';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApp, type TestApp } from '#testing/test-app.ts';

const lianshui = '320826000000';
let world: TestApp;
beforeAll(async () => {
  world = await openTestApp();
});
afterAll(() => world.close());

describe('divisions', () => {
  it('finds a division by a part of its name, by pinyin initials and by code', async () => {
    const officer = await world.user(['county-officer'], '320800000000');
    for (const q of ['涟水', '水县', 'lsx', '320826']) {
      const answer = await officer.call(listRegions, { query: { q } });
      expect(answer.body.items.map((item) => item.code), q).toContain(lianshui);
    }
    expect((await officer.call(listRegions, { query: { q: '玄武区' } })).body.items).toEqual([]);
  });

  it('keeps a division that ended and names its successor', async () => {
    const officer = await world.user(['county-officer'], '320800000000');
    const old = await officer.call(getRegion, { params: { code: '320811000000' } });
    expect(old.body).toMatchObject({ validTo: '2016-06-08', successors: [{ code: '320812000000', name: '清江浦区' }] });
  });
});

describe('staff', () => {
  it('sees itself with its region and permissions', async () => {
    const clerk = await world.user(['village-clerk'], '320826101201');
    const session = await clerk.call(getSession);
    expect(session.body.permissions).toContain('finding.verify');
    expect(session.body.permissions).not.toContain('finding.decide');
  });

  it('opens accounts within the region only, and never gives one person two administrator duties', async () => {
    const administrator = await world.user(['system-administrator'], lianshui);
    const account = { userName: 'wang.fang', displayName: '王芳', password: 'a-long-password', departmentCode: null, regionCode: lianshui, roles: ['town-reviewer'] };
    const elsewhere = await administrator.call(createStaff, { body: { ...account, regionCode: '320830000000' } });
    expect(elsewhere.body).toMatchObject({ code: 'outside-region' });
    const both = await administrator.call(createStaff, { body: { ...account, roles: ['system-administrator', 'audit-administrator'] } });
    expect(both).toMatchObject({ status: 400, body: { code: 'request-invalid' } });
    const opened = await administrator.call(createStaff, { body: account });
    expect(opened.status).toBe(200);
    expect((await world.anonymous(signIn, { body: { userName: 'wang.fang', password: 'a-long-password' } as never })).body).toEqual({ next: 'signed-in' });
    const list = await administrator.call(listStaff, { query: { q: 'wang' } });
    expect(list.body.items).toHaveLength(1);
  });

  it('sees no staff of another county', async () => {
    await world.user(['county-officer'], '320830000000');
    const reviewer = await world.user(['town-reviewer'], '320826101000');
    const list = await reviewer.call(listStaff);
    expect(list.body.items.every((item) => item.region.code.startsWith('320826101'))).toBe(true);
  });

  it('locks an account after ten wrong passwords, and tells no more than that', async () => {
    const victim = await world.user(['helper'], lianshui);
    for (let attempt = 0; attempt < 10; attempt += 1) {
      const wrong = await world.anonymous(signIn, { body: { userName: victim.actor.userName, password: 'wrong-password' } as never });
      expect(wrong.body).toMatchObject({ code: 'sign-in-failed' });
    }
    const locked = await world.anonymous(signIn, { body: { userName: victim.actor.userName, password: 'test-password-01' } as never });
    expect(locked).toMatchObject({ status: 423, body: { code: 'account-locked' } });
  });
});
