/** Letters that are compared without what people leave out when they type: accents, and the ways to write one letter of the Arabic script. */

const MARKS = /\p{M}/gu;
/** Letters that Unicode does not decompose although people type the bare one, and Arabic-script letters written two ways. */
const SAME_LETTER: { readonly [letter: string]: string } = {
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  ø: 'o',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
  ي: 'ی',
  ى: 'ی',
  ك: 'ک',
  ة: 'ه',
  ۃ: 'ه',
  ہ: 'ه',
  أ: 'ا',
  إ: 'ا',
  آ: 'ا',
  ـ: '',
};
const SAME_LETTER_PATTERN = new RegExp(`[${Object.keys(SAME_LETTER).join('')}]`, 'gu');
/** Scripts in which a mark is a vowel, not an accent: folding them away would merge words. */
const KEEPS_MARKS = /[\p{sc=Bengali}\p{sc=Tamil}\p{sc=Devanagari}\p{sc=Gurmukhi}\p{sc=Gujarati}]/u;

/** Without accents: `śmieci` → `smieci`. Scripts whose marks are vowels stay as they are. */
export function fold(text: string): string {
  const same = text.replace(SAME_LETTER_PATTERN, (letter) => SAME_LETTER[letter] ?? letter);
  return KEEPS_MARKS.test(same) ? same.normalize('NFC') : same.normalize('NFD').replace(MARKS, '');
}
