import { expect, test } from 'vitest';
import { planOfDemo } from './ensure-demo.ts';

test('starting again goes on with the city that stands; asking for another one is refused in words', () => {
  expect(planOfDemo({}, undefined)).toEqual({ plan: 'sample-2026', scale: 'sample', seed: 2026 });
  expect(planOfDemo({}, 'city-7')).toEqual({ plan: 'city-7', scale: 'city', seed: 7 });
  expect(planOfDemo({}, '20000-2026')).toEqual({ plan: '20000-2026', scale: 20_000, seed: 2026 });
  expect(planOfDemo({ scale: 'sample' }, 'sample-2026').plan).toBe('sample-2026');
  expect(() => planOfDemo({ scale: 'city' }, 'sample-2026')).toThrow('这里已有另一个演示（sample-2026）');
});
