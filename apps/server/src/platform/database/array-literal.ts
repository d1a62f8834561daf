type Element = string | number | null;

const special = /["\\]/gu;

/**
 * A list as the text of a PostgreSQL array, to be cast where it is used (`${arrayLiteral(ids)}::uuid[]`). The driver
 * quotes and escapes every element; for batches of thousands of identifiers and codes that costs more than writing them.
 */
export function arrayLiteral(values: readonly Element[]): string {
  let text = '{';
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index] ?? null;
    if (index > 0) text += ',';
    if (value === null) text += 'NULL';
    else if (typeof value === 'number') text += String(value);
    else text += `"${value.includes('"') || value.includes('\\') ? value.replace(special, '\\$&') : value}"`;
  }
  return `${text}}`;
}
