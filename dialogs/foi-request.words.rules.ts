import type { Param } from '../src/conversation/ports';

/** What the words of a request tell: whether they say enough, and whether they say too much. */

/** Words of asking, which say nothing of what is asked for. */
const ASKING = new Set(
  `i i'd id we would like want wish need to make submit file send place put in do a an the some this please can could may how get give tell me you
  us my your hello hi hey foi foia eir freedom of information act request requests request. requests. under for about from council info stuff
  don't know dunno
  chcę chce chcialbym chciałbym chcialabym chciałabym prosze proszę złożyć zlozyc wniosek o informację informacje informacji publiczną publiczna
  publicznej dostęp dostep do w sprawie na dzień dobry rady urzędu urzedu nie wiem`.split(/\s+/),
);

/** A title is no description (Freedom of Information Act 2000, s. 8(1)(c)): fewer than three words beside those of asking say too little to search for. */
export function isVague(description: string): boolean {
  const words = description
    .toLowerCase()
    .split(/[^\p{L}\p{N}’'-]+/u)
    .filter((word) => word !== '' && !ASKING.has(word));
  return words.length < 3;
}

/** An address for correspondence (s. 8(1)(b)) is an e-mail address or a postal one; a phone number is neither. */
export function isNoAddress(reply: string): boolean {
  const isMail = /\S@\S+\.\S/.test(reply);
  const isPostal = /\p{L}{3}/u.test(reply) && /\d/.test(reply) && reply.trim().length >= 10;
  return !isMail && !isPostal;
}

/** A name has letters, and is no address. */
export const isNoName = (name: string): boolean => !/\p{L}{2}/u.test(name) || /[@<>]|\d{3}/.test(name);

const ILLNESS =
  'cancer|diabet\\w*|depress\\w*|hiv|pregnan\\w*|disab\\w*|autis\\w*|dementia|epilep\\w*|asthma|stroke|medication|illness|mental health|suicid\\w*';
const ILLNESS_PL =
  'raka|rakiem|nowotw\\p{L}*|cukrzyc\\p{L}*|depresj\\p{L}*|ciąż\\p{L}*|niepełnosprawn\\p{L}*|autyz\\p{L}*|demencj\\p{L}*|padaczk\\p{L}*|astm\\p{L}*|chorob\\p{L}*|chory|chora';

/** A figure about many is no personal detail: health counts only of somebody. */
const PERSONAL = {
  email: /\S@\S+\.\S/,
  phone: /(?:\+44|\b0)[\d ]{9,13}\b/,
  postcode: /\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b/i,
  health: new RegExp(
    `\\b(?:my|his|her|i have|i am|i’m|i'm)\\b.{0,40}\\b(?:${ILLNESS})\\b|(?<!\\p{L})(?:mój|moja|moje|mojej|mojego|jego|jej|mam|jestem)(?!\\p{L}).{0,40}(?<!\\p{L})(?:${ILLNESS_PL})`,
    'iu',
  ),
} as const;

/** What a request says of a person, that may be published with the answer. */
export const personalIn = (description: string): readonly string[] =>
  Object.entries(PERSONAL)
    .filter(([, pattern]) => pattern.test(description))
    .map(([kind]) => kind);

/** Those details as they are named to the resident; `none` where there are none. */
export function personalTold(description: string): Param {
  const found = personalIn(description);
  return found.length > 0 ? { list: found.map((kind) => ({ label: `foi-request:personal.${kind}` })) } : 'none';
}
