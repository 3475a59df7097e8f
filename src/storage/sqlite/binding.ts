/** What libsql can bind. */
export type Bound = string | number | bigint | Uint8Array | null;

/**
 * Refuses what the native code would not survive or would lose: a bound boolean aborts the process, text is cut at NUL.
 * @throws TypeError that names the parameter (never its value)
 */
export function checkBindings(sql: string, parameters: readonly unknown[]): readonly Bound[] {
  return parameters.map((value, index) => {
    const fault = faultOf(value);
    if (fault) throw new TypeError(`Parameter ${index + 1} ${fault}: ${sql}`);
    return value as Bound;
  });
}

function faultOf(value: unknown): string | undefined {
  switch (typeof value) {
    case 'string':
      return value.includes('\0') ? 'contains NUL (text after it would be lost)' : undefined;
    case 'number':
      return Number.isFinite(value) ? undefined : 'is not a finite number';
    case 'bigint':
      return undefined;
    case 'object':
      return value === null || value instanceof Uint8Array ? undefined : 'is an object (write JSON as text)';
    default:
      return `is ${typeof value === 'boolean' ? 'a boolean (write 0 or 1)' : typeof value}`;
  }
}
