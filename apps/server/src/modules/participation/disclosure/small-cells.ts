/** One published count with the counts it is the sum of. Every division stands in its parent's table and heads its own. */
export interface Cell {
  code: string;
  value: number;
  children: Cell[];
}

interface Range {
  low: number;
  high: number;
}

/**
 * Chooses which cells of a tree of tables to hide, so that no hidden one can be computed from what is shown. Counts from
 * 1 to `threshold` − 1 are hidden because they are small; others are hidden because a small one could be had from them by
 * subtraction. Zero is shown: it says nothing about anybody. A reader of all tables who knows this rule is left with at
 * least `threshold` possible values for each hidden cell, and with at least two when he supposes that every hidden cell at
 * the bottom is a small one.
 */
export function hiddenCells(root: Cell, threshold: number): Set<string> {
  const parents = new Map<string, Cell>();
  const all: Cell[] = [];
  const visit = (cell: Cell): void => {
    all.push(cell);
    for (const child of cell.children) {
      parents.set(child.code, cell);
      visit(child);
    }
  };
  visit(root);
  const hidden = new Set(all.filter((cell) => cell.value > 0 && cell.value < threshold).map((cell) => cell.code));
  for (;;) {
    const exposed = findExposed(root, hidden, threshold);
    if (!exposed) return hidden;
    const next = nextToHide(exposed, parents, hidden);
    // Everything around is hidden already and the cell is still narrow: nothing more can be done, and nothing is shown.
    if (!next) return new Set(all.filter((cell) => cell.value > 0).map((cell) => cell.code));
    hidden.add(next.code);
  }
}

function findExposed(root: Cell, hidden: ReadonlySet<string>, threshold: number): Cell | undefined {
  const sceptical = boundsOf(root, hidden, Infinity);
  const supposing = boundsOf(root, hidden, threshold - 1);
  let found: Cell | undefined;
  const visit = (cell: Cell): void => {
    if (found) return;
    if (hidden.has(cell.code)) {
      const range = sceptical.get(cell.code)!;
      const supposed = supposing.get(cell.code)!;
      if (range.high - range.low + 1 < threshold || supposed.low === supposed.high) found = cell;
    }
    cell.children.forEach(visit);
  };
  visit(root);
  return found;
}

/**
 * What the published cells say about the hidden ones: each sum is one equation, and equations along a tree can be worked
 * through once upwards and once downwards without losing anything.
 */
export function boundsOf(root: Cell, hidden: ReadonlySet<string>, leafHigh: number): Map<string, Range> {
  const bounds = new Map<string, Range>();
  const up = (cell: Cell): Range => {
    const parts = cell.children.map(up);
    const sum: Range = parts.length > 0 ? { low: parts.reduce((total, part) => total + part.low, 0), high: parts.reduce((total, part) => total + part.high, 0) } : { low: 1, high: leafHigh };
    const own = hidden.has(cell.code) ? { low: Math.max(1, sum.low), high: sum.high } : { low: cell.value, high: cell.value };
    bounds.set(cell.code, own);
    return own;
  };
  const down = (cell: Cell): void => {
    const own = bounds.get(cell.code)!;
    const parts = cell.children.map((child) => bounds.get(child.code)!);
    const low = parts.reduce((total, part) => total + part.low, 0);
    const highs = parts.reduce((total, part) => total + (part.high === Infinity ? 0 : part.high), 0);
    const open = parts.filter((part) => part.high === Infinity).length;
    cell.children.forEach((child, index) => {
      const part = parts[index]!;
      const othersLow = low - part.low;
      const othersOpen = open - (part.high === Infinity ? 1 : 0);
      const othersHigh = othersOpen > 0 ? Infinity : highs - (part.high === Infinity ? 0 : part.high);
      bounds.set(child.code, { low: Math.max(part.low, own.low - othersHigh), high: Math.min(part.high, own.high - othersLow) });
    });
    cell.children.forEach(down);
  };
  up(root);
  down(root);
  return bounds;
}

/** The cell whose hiding tells the least: the smallest one shown, below, beside, then above. */
function nextToHide(exposed: Cell, parents: ReadonlyMap<string, Cell>, hidden: ReadonlySet<string>): Cell | undefined {
  const smallestShown = (cells: readonly Cell[]) =>
    cells.filter((cell) => cell.value > 0 && !hidden.has(cell.code)).reduce<Cell | undefined>((least, cell) => (least === undefined || cell.value < least.value ? cell : least), undefined);
  for (let cell: Cell | undefined = exposed; cell; cell = parents.get(cell.code)) {
    const below = smallestShown(cell.children);
    if (below && cell.children.every((child) => child.value === 0 || !hidden.has(child.code))) return below;
    const parent = parents.get(cell.code);
    const beside = parent && smallestShown(parent.children);
    if (beside) return beside;
    if (parent && !hidden.has(parent.code)) return parent;
    if (below) return below;
  }
  return undefined;
}
