import { distance } from 'fastest-levenshtein';

/** How people shorten the last word of a street's name. */
const SHORT: Readonly<Record<string, string>> = {
  rd: 'road',
  ave: 'avenue',
  av: 'avenue',
  ln: 'lane',
  cl: 'close',
  clo: 'close',
  dr: 'drive',
  gdns: 'gardens',
  gdn: 'gardens',
  cres: 'crescent',
  cresc: 'crescent',
  terr: 'terrace',
  ter: 'terrace',
  pl: 'place',
  sq: 'square',
  ct: 'court',
  gr: 'grove',
  gro: 'grove',
  pk: 'park',
  wy: 'way',
  hse: 'house',
  bldgs: 'buildings',
  grn: 'green',
  apts: 'apartments',
  est: 'estate',
};

/** A name as it is compared: lower case, no accents or punctuation, short forms written out ("St" only at the end is Street). */
export function comparable(name: string): string {
  const words = name
    .normalize('NFKD')
    .replace(/[\u0300-\u036f'’.]/g, '')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  return words
    .map((word, index) =>
      word === 'st' ? (index === words.length - 1 && index > 0 ? 'street' : 'saint') : (SHORT[word] ?? word),
    )
    .join(' ');
}

/**
 * How well a street's name fits what somebody wrote, both `comparable`: 1 the same; 0.9 all but the last word ("alexandra" for
 * "alexandra road"); below that one minus the share of letters to change. 0 under 0.75: a third of the letters wrong is another street.
 */
export function nameScore(written: string, name: string): number {
  if (written === name) return 1;
  if (written !== '' && name.startsWith(`${written} `)) return 0.9;
  const score = 1 - distance(written, name) / Math.max(written.length, name.length, 1);
  return score >= 0.75 ? Math.min(score, 0.89) : 0;
}
