/**
 * Case references, made to be read aloud: two letters of the service, three characters, two more and a check character, `MB-7K2-PQ4`.
 * The alphabet has none of the look-alikes 0 O 1 I L. Its 31 characters are a prime number, so a weighted sum modulo 31 catches every
 * single wrong character and every swap of two characters (the scheme of ISBN-10, ISO 7064 in spirit).
 */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const BASE = ALPHABET.length;
const BODY = 7;
/** Makes the reference of every example, MB-7K2-PQ4, a valid one; no effect on what is caught. */
const SHIFT = 13;

function checkCharacter(body: string): string {
  const sum = [...body].reduce((total, character, index) => total + ALPHABET.indexOf(character) * (index + 2), 0);
  return ALPHABET.charAt((BASE + SHIFT - (sum % BASE)) % BASE);
}

/**
 * @param letters two letters A–Z without I, L, O
 * @param randomInt answers a whole number from 0 up to, not including, its argument
 */
export function makeReference(letters: string, randomInt: (below: number) => number): string {
  if (!/^[A-HJKMNP-Z]{2}$/.test(letters))
    throw new RangeError(`Not two letters of the alphabet of references: ${letters}`);
  const middle = Array.from({ length: BODY - 2 }, () => ALPHABET.charAt(randomInt(BASE))).join('');
  const body = letters + middle;
  return format(body + checkCharacter(body));
}

const format = (compact: string): string => `${compact.slice(0, 2)}-${compact.slice(2, 5)}-${compact.slice(5)}`;

/** Reads "mb7k2pq4", "MB 7K2 PQ4", "mb-7k2-pq4."; undefined when it is no reference or its check character does not fit. */
export function readReference(text: string): string | undefined {
  const compact = text.toUpperCase().replace(/[\s\-–—.,_]/g, '');
  if (!/^[A-HJKMNP-Z]{2}[2-9A-HJKMNP-Z]{6}$/.test(compact)) return undefined;
  return checkCharacter(compact.slice(0, BODY)) === compact.charAt(BODY) ? format(compact) : undefined;
}

/** True for a reference exactly as it is told to residents. */
export function isReference(text: string): boolean {
  return readReference(text) === text;
}
