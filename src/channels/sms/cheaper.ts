const PLAIN: Readonly<Record<string, string>> = {
  '\u2018': "'",
  '\u2019': "'",
  '\u201a': "'",
  '\u2032': "'",
  '\u201c': '"',
  '\u201d': '"',
  '\u201e': '"',
  '\u2033': '"',
  '\u00ab': '"',
  '\u00bb': '"',
  '\u2013': '-',
  '\u2014': '-',
  '\u2011': '-',
  '\u2212': '-',
  '\u2026': '...',
  '\u00a0': ' ',
  '\u202f': ' ',
  '\u2009': ' ',
  '\u200b': '',
  '\u2022': '-',
};

/** Letters that do not come apart into a plain one and an accent. */
const WHOLE: Readonly<Record<string, string>> = { ł: 'l', Ł: 'L', đ: 'd', Đ: 'D', ı: 'i', œ: 'oe', Œ: 'OE' };

/** GSM-7 (3GPP TS 23.038): the basic table and its extension, what 160 characters of a text message are made of. */
const GSM_7 =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§' +
  '¿abcdefghijklmnopqrstuvwxyzäöñüà\f^{}\\[~]|€';
const CHEAP = new Set(GSM_7);

/**
 * A text message that costs as little as it can. Typographic characters get their plain forms (Twilio's "smart encoding", done here so that
 * it shows in the record). Letters lose the accents that GSM-7 lacks ("Sí", "łąka", "vació": as everybody texts them), where that makes
 * the whole of it GSM-7; a text in another script, or with an emoji, keeps them, since it would cost the same without.
 */
export function cheaper(text: string): string {
  const plain = [...text].map((char) => PLAIN[char] ?? char).join('');
  const bare = [...plain].map((char) => (CHEAP.has(char) ? char : withoutAccent(char))).join('');
  return [...bare].every((char) => CHEAP.has(char)) ? bare : plain;
}

const withoutAccent = (char: string): string => WHOLE[char] ?? char.normalize('NFD').replace(/\p{M}/gu, '');
