import type { Entity } from '../../conversation/ports';

const AREA = { '0': 'O', '1': 'I' } as const;
const DIGIT = { O: '0', I: '1', L: '1' } as const;
const SHAPE = /^([A-Z]{1,2}[0-9][0-9A-HJKMNPR-Y]?)([0-9][ABD-HJLNP-UW-Z]{2})$/;
const CANDIDATE = /(?<![\p{L}\p{N}])([a-z01]{1,2}[0-9oil][0-9a-z]?)([ .-]{0,2})([0-9oil][a-z]{2})(?![\p{L}\p{N}])/giu;
const ORDINAL = /^(?:1st|2nd|3rd|[04-9]th)$/i;

/**
 * A UK postcode, `WB1 2AB`, from what people make of it: `wb12ab`, `wb1 2ab.`, `WBI 2AB`, `0X1 2JD`. Letters and digits that look
 * alike are put right where the format says which it must be (BS 7666). An outward code alone is no postcode.
 */
function readPostcode(text: string): string | undefined {
  const compact = text.toUpperCase().replace(/[\s.-]/g, '');
  if (compact.length < 5 || compact.length > 7) return undefined;
  const outward = compact.slice(0, -3);
  const inward = compact.slice(-3);
  for (const letters of [2, 1]) {
    const area = swap(outward.slice(0, letters), AREA);
    const district = swap(outward.slice(letters, letters + 1), DIGIT) + outward.slice(letters + 1);
    const end = swap(inward.slice(0, 1), DIGIT) + inward.slice(1);
    for (const last of [district, swap(district, DIGIT)]) {
      const [, out, inn] = SHAPE.exec(area + last + end) ?? [];
      if (out && inn) return `${out} ${inn}`;
    }
  }
  return undefined;
}

function swap(text: string, table: { readonly [from: string]: string }): string {
  return [...text].map((character) => table[character] ?? character).join('');
}

export function postcodes(text: string): readonly Entity[] {
  return Array.from(text.matchAll(CANDIDATE)).flatMap((match): readonly Entity[] => {
    const [whole, outward = '', gap = '', inward = ''] = match;
    if (!isMeant(outward, gap, inward)) return [];
    const value = readPostcode(whole);
    return value ? [{ kind: 'postcode', value, text: whole, start: match.index, end: match.index + whole.length }] : [];
  });
}

/** "to 2nd", "so 1st" have the shape as well: without capitals a postcode must have its digits as digits. */
function isMeant(outward: string, gap: string, inward: string): boolean {
  const capitals = `${outward}${inward}` === `${outward}${inward}`.toUpperCase();
  if (capitals) return /\d/.test(outward + inward);
  if (gap && ORDINAL.test(inward)) return false;
  return /\d/.test(outward) && (/^\d/.test(inward) || !gap);
}
