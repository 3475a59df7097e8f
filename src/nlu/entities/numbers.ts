import type { Entity } from '../../conversation/ports';
import type { Token } from './tokens';

/** Word → value, words folded: from the language's data file. */
export type NumberWords = ReadonlyMap<string, string>;

export function numbers(
  text: string,
  read: readonly Token[],
  cardinals: NumberWords,
  ordinals: NumberWords,
): readonly Entity[] {
  return read.flatMap(({ plain, start, end }): readonly Entity[] => {
    const ordinal = ordinals.get(plain);
    if (ordinal !== undefined) return [{ kind: 'ordinal', value: ordinal, text: text.slice(start, end), start, end }];
    const value = /^\d{1,9}$/.test(plain) ? String(Number(plain)) : cardinals.get(plain);
    return value === undefined ? [] : [{ kind: 'number', value, text: text.slice(start, end), start, end }];
  });
}
