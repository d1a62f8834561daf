import fc from 'fast-check';
import { expect, it } from 'vitest';
import { hiddenCells, type Cell } from './small-cells.ts';

const threshold = 5;

/** A tree of counts, at most three levels deep as from city to town; small counts are frequent. */
const count = fc.oneof({ weight: 3, arbitrary: fc.integer({ min: 0, max: 6 }) }, { weight: 1, arbitrary: fc.integer({ min: 7, max: 30 }) });
const tree = fc.array(fc.array(count, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 }).map((counties): Cell => {
  const children = counties.map((towns, county): Cell => {
    const leaves = towns.map((value, town): Cell => ({ code: `${county}.${town}`, value, children: [] }));
    return { code: `${county}`, value: leaves.reduce((sum, leaf) => sum + leaf.value, 0), children: leaves };
  });
  return { code: 'root', value: children.reduce((sum, child) => sum + child.value, 0), children };
});

/**
 * An attacker who holds every published table: goes through all ways of filling in the hidden cells that fit, and notes
 * the values each cell takes. Independent of the way the cells were chosen.
 */
function attack(root: Cell, hidden: ReadonlySet<string>, highest: number): Map<string, Set<number>> {
  const values = new Map<string, Set<number>>();
  const note = (code: string, value: number) => void (values.get(code) ?? values.set(code, new Set()).get(code)!).add(value);
  // For each county: the sums its towns can have, with the values that each town takes for that sum.
  const ways = root.children.map((county) => {
    let sums = new Map<number, Map<string, Set<number>>>([[0, new Map()]]);
    for (const town of county.children) {
      const next = new Map<number, Map<string, Set<number>>>();
      const options = hidden.has(town.code) ? Array.from({ length: highest }, (_, index) => index + 1) : [town.value];
      for (const [sum, taken] of sums) {
        for (const option of options) {
          const into = next.get(sum + option) ?? next.set(sum + option, new Map()).get(sum + option)!;
          for (const [code, set] of taken) into.set(code, new Set([...(into.get(code) ?? []), ...set]));
          into.set(town.code, new Set([...(into.get(town.code) ?? []), option]));
        }
      }
      sums = next;
    }
    if (hidden.has(county.code)) sums.delete(0);
    else sums = new Map([...sums].filter(([sum]) => sum === county.value));
    return { county, sums };
  });
  const reach = (parts: typeof ways): Set<number> => parts.reduce((totals, { sums }) => new Set([...totals].flatMap((total) => [...sums.keys()].map((sum) => total + sum))), new Set([0]));
  for (const [index, { county, sums }] of ways.entries()) {
    const others = reach(ways.filter((_, other) => other !== index));
    for (const [sum, towns] of sums) {
      const fits = hidden.has('root') || others.has(root.value - sum);
      if (!fits) continue;
      note(county.code, sum);
      for (const [code, set] of towns) for (const value of set) note(code, value);
    }
  }
  return values;
}

it('hides every small count, and leaves nobody who holds all tables with one value for a hidden one', () => {
  fc.assert(
    fc.property(tree, (root) => {
      const hidden = hiddenCells(root, threshold);
      const all = [root, ...root.children, ...root.children.flatMap((child) => child.children)];
      for (const cell of all) if (cell.value > 0 && cell.value < threshold) expect(hidden.has(cell.code), cell.code).toBe(true);
      for (const cell of all) if (cell.value === 0) expect(hidden.has(cell.code)).toBe(false);
      const possible = attack(root, hidden, 40);
      const supposed = attack(root, hidden, threshold - 1);
      for (const code of hidden) {
        if (code === 'root') continue;
        expect(possible.get(code)!.size, `${code} in ${JSON.stringify(root)}`).toBeGreaterThanOrEqual(threshold);
        // supposing all hidden towns small may contradict the tables; if it does not, it must not settle anything
        if (supposed.get(code)) expect(supposed.get(code)!.size, `${code} supposed`).toBeGreaterThan(1);
      }
    }),
    { numRuns: 300 },
  );
});

it('shows everything when nothing is small, and hides the second smallest beside a lonely small one', () => {
  const towns = (values: number[]): Cell => ({ code: 'county', value: values.reduce((a, b) => a + b, 0), children: values.map((value, index) => ({ code: String(index), value, children: [] })) });
  expect([...hiddenCells(towns([10, 20, 30]), threshold)]).toEqual([]);
  expect([...hiddenCells(towns([2, 20, 30, 0]), threshold)]).toEqual(['0', '1']);
});
