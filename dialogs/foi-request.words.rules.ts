import type { Param } from '../src/conversation/ports';
import type { RuleContext } from '../src/conversation/service';

/** What the words of a request tell: whether they say enough, and whether they say too much. */

type Words = Pick<RuleContext, 'names'>;

const MAIL = /\S@[^\s@]+\.[^\s@]/;

/**
 * A title is no description (Freedom of Information Act 2000, s. 8(1)(c)): fewer than three words beside those of asking say too little
 * to search for.
 */
export function isVague(description: string, { names }: Words): boolean {
  const words = description.split(/[^\p{L}\p{N}’'-]+/u).filter((word) => word !== '');
  return words.filter((word) => names('asking', word).length === 0).length < 3;
}

/** An address for correspondence (s. 8(1)(b)) is an e-mail address or a postal one; a phone number is neither. */
export function isNoAddress(reply: string): boolean {
  const isMail = MAIL.test(reply);
  const isPostal = /\p{L}{3}/u.test(reply) && /\d/.test(reply) && reply.trim().length >= 10;
  return !isMail && !isPostal;
}

/** A name has letters, and is no address. */
export const isNoName = (name: string): boolean => !/\p{L}{2}/u.test(name) || /[@<>]|\d{3}/.test(name);

const PERSONAL = {
  email: MAIL,
  phone: /(?:\+44|\b0)[\d ]{9,13}\b/,
  postcode: /\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b/i,
} as const;

/** A figure about many is no personal detail: health counts only of somebody, in one sentence. */
function tellsOfHealth(description: string, { names }: Words): boolean {
  const sentences = description.split(/[.!?;\n]+/);
  return sentences.some((each) => names('illness', each).length > 0 && names('somebody', each).length > 0);
}

/** What a request says of a person, that may be published with the answer. */
export function personalIn(description: string, words: Words): readonly string[] {
  const found = Object.entries(PERSONAL).filter(([, pattern]) => pattern.test(description));
  return [...found.map(([kind]) => kind), ...(tellsOfHealth(description, words) ? ['health'] : [])];
}

/** Those details as they are named to the resident; `none` where there are none. */
export function personalTold(description: string, words: Words): Param {
  const found = personalIn(description, words);
  return found.length > 0 ? { list: found.map((kind) => ({ label: `foi-request:personal.${kind}` })) } : 'none';
}
