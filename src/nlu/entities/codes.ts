import { findPhoneNumbersInText } from 'libphonenumber-js/min';
import type { Entity } from '../../conversation/ports';
import { readReference } from '../../conversation/reference';

const EMAIL = /[\p{L}\p{N}._%+'-]{1,64}@(?:[\p{L}\p{N}-]{1,63}\.)+\p{L}{2,24}/gu;
const PCN = /(?<![\p{L}\p{N}])[a-z]{2}[ -]?\d{3,4}[ ]?\d{3,4}[ ]?[0-9a](?![\p{L}\p{N}])/giu;
const REFERENCE = /(?<![\p{L}\p{N}])[a-z]{2}[\s–-]?[a-z0-9]{3}[\s–-]?[a-z0-9]{3}(?![\p{L}\p{N}])/giu;
/** "at KT3 4XP": one in thirty such pairs passes for a reference by its check character. */
const WORD_AND_POSTCODE = /^[a-z]{2}\s[a-z]{1,2}\d[a-z\d]?\s?\d[a-z]{2}$/i;
/** GB marks since 2001, `AB12 CDE`; and since 1983, `A123 BCD`; and before, `ABC 123D`. The older two only in capitals or in one piece. */
const PLATE =
  /(?<![\p{L}\p{N}])(?:[a-z]{2}[0-9]{2} ?[a-z]{3}|[a-z][0-9]{1,3} ?[a-z]{3}|[a-z]{3} ?[0-9]{1,3}[a-z])(?![\p{L}\p{N}])/giu;
const CURRENT_PLATE = /^[A-HJ-PR-Y][A-HJ-PR-Y][0-9]{2}[A-HJ-PR-Z]{3}$/;
const ELDER_PLATE = /^(?:[A-HJ-NPR-TV-Y][0-9]{1,3}[A-HJ-PR-Y]{3}|[A-HJ-PR-Y]{3}[0-9]{1,3}[A-HJ-NPR-TV-Y])$/;

type Read = (text: string) => string | undefined;

export function emails(text: string): readonly Entity[] {
  return text.includes('@') ? found(text, EMAIL, 'email', (match) => match.toLowerCase()) : [];
}

/** Penalty charge notice numbers: two letters, seven digits, a check digit or `A`. */
export function pcns(text: string): readonly Entity[] {
  return found(text, PCN, 'pcn', (match) => {
    const compact = match.replace(/[ -]/g, '').toUpperCase();
    return /^[A-Z]{2}\d{7}[0-9A]$/.test(compact) ? compact : undefined;
  });
}

/** Case references, however they are spaced; an eight-letter word without a digit or a hyphen is a word. */
export function references(text: string): readonly Entity[] {
  return found(text, REFERENCE, 'reference', (match) =>
    /[\d–-]/.test(match) && !WORD_AND_POSTCODE.test(match) ? readReference(match) : undefined,
  );
}

export function plates(text: string): readonly Entity[] {
  return found(text, PLATE, 'plate', (match) => {
    const compact = match.replace(' ', '').toUpperCase();
    if (CURRENT_PLATE.test(compact)) return compact;
    const written = match === match.toUpperCase() || !match.includes(' ');
    return written && ELDER_PLATE.test(compact) ? compact : undefined;
  });
}

/** Phone numbers as E.164; a number without a country code is British and begins with 0. */
export function phones(text: string): readonly Entity[] {
  if ((text.match(/\d/g)?.length ?? 0) < 9) return [];
  return findPhoneNumbersInText(text, { defaultCountry: 'GB', extended: true }).flatMap((match): readonly Entity[] => {
    const words = text.slice(match.startsAt, match.endsAt);
    if (!/^[+0(]/.test(words) || !match.number.isPossible()) return [];
    return [{ kind: 'phone', value: match.number.number, text: words, start: match.startsAt, end: match.endsAt }];
  });
}

function found(text: string, pattern: RegExp, kind: Entity['kind'], read: Read): readonly Entity[] {
  return Array.from(text.matchAll(pattern)).flatMap((match): readonly Entity[] => {
    const value = read(match[0]);
    return value === undefined
      ? []
      : [{ kind, value, text: match[0], start: match.index, end: match.index + match[0].length }];
  });
}
