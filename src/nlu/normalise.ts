import { fold } from '../conversation/folding';

/**
 * What is done to a message before anything looks at it. Two results: the text that is kept (`cleanText`) and the words
 * that are compared (`words`), both as written and with diacritics folded, since a third of residents type without them.
 */

/** Longest stretch of a message that intents are read from, in UTF-16 units: more says no more and costs time. */
export const MAX_INTENT_LENGTH = 500;

/** Control and format characters (zero width, direction, soft hyphen), variation selectors, blank fillers; white space is none of them. */
const INVISIBLE = /(?!\s)(?:[\p{Cc}\p{Cf}\u115f\u1160\u17b4\u17b5]|\p{Variation_Selector}|\u034f)/gu;
const WORD = /[\p{L}\p{M}\p{N}]+/gu;
const DIGIT = /\p{Nd}/gu;
/** The resident's words as they are stored: NFKC, no invisible characters, white space folded. Case is kept. */
export function cleanText(text: string): string {
  return text.normalize('NFKC').replace(INVISIBLE, '').replace(/\s+/gu, ' ').trim();
}

/** Lower case, with the digits of every script as ASCII digits. Same length in UTF-16 units is not promised. */
export function lower(text: string): string {
  return asciiDigits(text).toLowerCase();
}

/** `٣` → `3`: a decimal digit's value is its distance from the zero of its block of ten. */
function asciiDigits(text: string): string {
  return text.replace(DIGIT, (digit) => (digit >= '0' && digit <= '9' ? digit : digitValue(digit)));
}

function digitValue(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  let zero = code;
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return String((code - zero) % 10);
}

export { fold };

/** Lower-cased words, accents kept; apostrophes join (`haven't` → `havent`), everything else that is no letter or digit parts. */
export function words(text: string): readonly string[] {
  return (
    lower(text)
      .replace(/(?<=\p{L})['’`´](?=\p{L})/gu, '')
      .match(WORD) ?? []
  );
}

/** Sentences of a message, by its punctuation and line ends; a message without any is one sentence. */
export function sentences(text: string): readonly string[] {
  return text
    .split(/(?<=[.!?;…。؟۔।])\s+|\n+/u)
    .map((sentence) => sentence.trim())
    .filter((sentence) => /\p{L}/u.test(sentence));
}
