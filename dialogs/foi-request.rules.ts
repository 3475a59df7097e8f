import { bankHolidaysBetween, localDate, momentOf } from '../src/conversation/calendar';
import { dueDate } from '../src/conversation/clocks';
import type { EpochMs, Params } from '../src/conversation/ports';
import type { RuleContext } from '../src/conversation/service';

type Context = Pick<RuleContext, 'now' | 'settings'>;

/** Words of asking, which say nothing of what is asked for. */
const ASKING = new Set(
  `i i'd id we would like want wish need to make submit file send place put in do a an the some this please can could may how get give tell me you
  us my your hello hi hey foi foia eir freedom of information act request requests request. requests. under for about from council info stuff
  chcę chce chcialbym chciałbym chcialabym chciałabym prosze proszę złożyć zlozyc wniosek o informację informacje informacji publiczną publiczna
  publicznej dostęp dostep do w sprawie na dzień dobry rady urzędu urzedu`.split(/\s+/),
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

const PERSONAL = [/\S@\S+\.\S/, /(?:\+44|\b0)[\d ]{9,13}\b/, /\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b/i];

/** E-mail addresses, phone numbers or postcodes in what may be published with the answer. */
export const hasPersonalData = (description: string): boolean => PERSONAL.some((pattern) => pattern.test(description));

/** The due date and the weekdays that did not count. Counted from today, weekend or not. */
export function dueTold({ now, settings }: Context): Params {
  const received = localDate(now);
  const due = dueDate('foiAnswer', received);
  const skipped = bankHolidaysBetween(received, due, 'foi');
  return {
    received: { date: received },
    due: { date: due },
    atMost: { date: dueDate('eirAnswerAtMost', received) },
    skipped: skipped.length,
    holidays: skipped.length > 0 ? { list: skipped.map((date) => ({ date })) } : 'none',
    answersLink: settings.links['disclosure-log'] ?? settings.council.website,
    privacy: settings.links.privacy ?? settings.council.website,
  };
}

export const answerBy = (now: EpochMs): EpochMs => momentOf(dueDate('foiAnswer', localDate(now)), '23:59');

/** Own data has its own law, its own clock and a proof of identity. */
export function ownData({ now, settings }: Context): Params {
  return {
    due: { date: dueDate('sarAnswer', localDate(now)) },
    link: settings.links['subject-access'] ?? settings.council.website,
  };
}
