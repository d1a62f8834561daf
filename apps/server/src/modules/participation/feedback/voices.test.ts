import * as spec from '@sunlit/api-spec';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestApp, type TestApp } from '#testing/test-app.ts';

let world: TestApp;
beforeAll(async () => {
  world = await openTestApp();
});
afterAll(() => world.close());

it('shows no card number or phone that was written into what somebody said, and runs none of its markup', async () => {
  const clerk = await world.user(['village-clerk'], '320826101201');
  const text = '我的证号是399900196001010018，电话13912345678<img src=x onerror=alert(1)>';
  const recorded = await clerk.call(spec.recordVoice, { body: { regionCode: '320826101201', channel: 'counter', subject: 'benefit', text } });
  expect(recorded.status, recorded.text).toBe(200);
  const receipt = await clerk.call(spec.getVoiceReceipt, { params: { id: recorded.body.id } });
  const list = await clerk.call(spec.listVoices, {});
  for (const shown of [receipt.text, list.text]) {
    expect(shown).toContain('我的证号是');
    expect(shown).not.toMatch(/3999001960|13912345678/u);
  }
  expect(receipt.text).not.toContain('<img');
});
