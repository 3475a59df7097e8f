/** Zeros of the digits residents write: ASCII, Arabic-Indic (both), Devanagari, Bengali, Gurmukhi, Gujarati, Tamil, full width. */
const ZEROS = [0x30, 0x660, 0x6f0, 0x966, 0x9e6, 0xa66, 0xae6, 0xbe6, 0xff10];
const DIGIT = `[${ZEROS.map((zero) => `${String.fromCharCode(zero)}-${String.fromCharCode(zero + 9)}`).join('')}]`;
const GAP = '[ \\t\\u00a0\\u2007\\u2009\\u202f\\u2010-\\u2015-]{1,3}';
const RUN = new RegExp(`${DIGIT}+(?:${GAP}${DIGIT}+)*`, 'gu');
const GROUP = new RegExp(`${DIGIT}+`, 'gu');

/** ISO/IEC 7812-1: a primary account number has up to 19 digits; 13 is the shortest a card has had. */
const SHORTEST = 13;
const LONGEST = 19;
/** The groups of a printed card number: 4-4-4-4-3. */
const MOST_GROUPS = 5;
/** ITU-T E.164: a `+` and up to 15 digits is a telephone number. */
const LONGEST_PHONE = 15;

/** Digits of a run: their values, where they stand in the run, and which group they are in. */
interface Group {
  readonly start: number;
  readonly digits: readonly number[];
}

/**
 * Masks payment card numbers, keeping the last four digits and every separator: `**** **** **** 1111`. A card number is 13 to 19
 * digits in any grouping by spaces or dashes that pass the Luhn check (ISO/IEC 7812-1 annex B). Inside a longer run of digits
 * (a card number with its expiry date) it is found by the groupings printed on cards.
 */
export function maskCards(text: string): string {
  return text.replace(RUN, (run, offset: number) => {
    if (run.length < SHORTEST) return run;
    return maskRun(run, text[offset - 1] === '+');
  });
}

function maskRun(run: string, afterPlus: boolean): string {
  const groups = [...run.matchAll(GROUP)].map((match) => ({
    start: match.index,
    digits: [...match[0]].map(digitValue),
  }));
  const total = groups.reduce((sum, group) => sum + group.digits.length, 0);
  if (afterPlus && total <= LONGEST_PHONE) return run;
  const hidden = new Set(isCard(groups) ? placesToHide(groups) : printedCards(groups).flatMap(placesToHide));
  return [...run].map((character, place) => (hidden.has(place) ? '*' : character)).join('');
}

/** The card numbers in a longer run, from the left, the longest first. A resident may send 262,144 digits: no part is longer than a card. */
function printedCards(groups: readonly Group[]): readonly (readonly Group[])[] {
  const found: (readonly Group[])[] = [];
  for (let first = 0; first < groups.length; first++) {
    for (let last = Math.min(groups.length, first + MOST_GROUPS); last > first; last--) {
      const part = groups.slice(first, last);
      if (!isPrinted(part) || !isCard(part)) continue;
      found.push(part);
      first = last - 1;
    }
  }
  return found;
}

function isCard(groups: readonly Group[]): boolean {
  const total = groups.reduce((sum, group) => sum + group.digits.length, 0);
  if (total < SHORTEST || total > LONGEST) return false;
  return passesLuhn(groups.flatMap((group) => group.digits));
}

/** In one piece, in fours (the last group may be shorter), or as American Express (4-6-5) and Diners (4-6-4) print it. */
function isPrinted(groups: readonly Group[]): boolean {
  const sizes = groups.map((group) => group.digits.length);
  const fours = sizes.every((size, index) => (index < sizes.length - 1 ? size === 4 : size <= 4));
  return sizes.length === 1 || fours || ['4-6-5', '4-6-4'].includes(sizes.join('-'));
}

function passesLuhn(digits: readonly number[]): boolean {
  const sum = digits.toReversed().reduce((total, digit, index) => {
    const weighted = index % 2 === 1 ? digit * 2 : digit;
    return total + (weighted > 9 ? weighted - 9 : weighted);
  }, 0);
  return sum % 10 === 0 && digits.some((digit) => digit !== 0);
}

/** All but the last four digits. */
function placesToHide(groups: readonly Group[]): readonly number[] {
  return groups.flatMap((group) => group.digits.map((_, index) => group.start + index)).slice(0, -4);
}

function digitValue(digit: string): number {
  const code = digit.charCodeAt(0);
  const zero = ZEROS.find((start) => code >= start && code <= start + 9);
  return code - (zero ?? code);
}
