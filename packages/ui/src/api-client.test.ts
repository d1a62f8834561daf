import { assignFindings, getFinding, listFindings, signIn } from '@sunlit/api-spec';
import { expect, test } from 'vitest';
import { createApiClient, endpointUrl } from './api-client.ts';
import { ApiProblem } from './api-problem.ts';

const id = '00000000-0000-4000-8000-000000000001';

function clientAnswering(answer: () => Response) {
  const sent: { url: string; init: RequestInit }[] = [];
  let signedOut = 0;
  const client = createApiClient({
    fetch: (url, init) => {
      sent.push({ url: String(url), init: init ?? {} });
      return Promise.resolve(answer());
    },
    onSignedOut: () => signedOut++,
  });
  return { client, sent, signedOut: () => signedOut };
}

test('addresses fill path parameters and leave empty filters out', () => {
  expect(endpointUrl(getFinding, { params: { id } })).toBe(`/api/findings/${id}`);
  expect(endpointUrl(listFindings, { query: { rule: 'O09', state: undefined, q: '' } })).toBe('/api/findings?rule=O09');
});

test('a command carries its id in the body; other bodies stay as they are', async () => {
  const { client, sent } = clientAnswering(() => Response.json({ assigned: 1, skipped: [] }));
  await client.call(assignFindings, { body: { findingIds: [id], assigneeId: id }, commandId: 'fixed' });
  await client.call(signIn, { body: { userName: 'a', password: 'b' } });
  expect(JSON.parse(String(sent[0]?.init.body))).toMatchObject({ commandId: 'fixed', findingIds: [id] });
  expect(JSON.parse(String(sent[1]?.init.body))).toEqual({ userName: 'a', password: 'b' });
});

test('problem documents become problems with their fields', async () => {
  const { client } = clientAnswering(() =>
    Response.json(
      {
        title: '还不能决定',
        status: 422,
        code: 'unchecked',
        detail: '先核对',
        fields: [{ path: 'reason', message: '太短' }],
      },
      { status: 422 },
    ),
  );
  const failure = await client.call(getFinding, { params: { id } }).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(ApiProblem);
  expect(failure).toMatchObject({ status: 422, code: 'unchecked', fields: [{ path: 'reason', message: '太短' }] });
});

test('an ended session tells the shell; an unreachable server is its own problem', async () => {
  const ended = clientAnswering(() => new Response('', { status: 401 }));
  await expect(ended.client.call(getFinding, { params: { id } })).rejects.toMatchObject({ status: 401 });
  expect(ended.signedOut()).toBe(1);
  const cut = createApiClient({ fetch: () => Promise.reject(new TypeError('failed')) });
  await expect(cut.call(getFinding, { params: { id } })).rejects.toMatchObject({ status: 0, code: 'not-reached' });
});
