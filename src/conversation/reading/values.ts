import { addDays, addMonths, daysBetween, localDate } from '../calendar';
import { plain } from '../commands';
import type { IsoDate } from '../ports';
import type { PickOption } from '../service';
import type { SlotKind } from '../slots';
import { type Context, entity, type Given, type Read, UNREAD } from './reading';

/** Answers that need nothing looked up. */

type Is<K extends SlotKind['kind']> = Extract<SlotKind, { readonly kind: K }>;
const said = (value: string | number | boolean): Read => ({ value, source: 'said' });

export function readChoice(is: Is<'choice'>, name: string, given: Given): Read {
  if (given.chosen && is.choices.includes(given.chosen)) return said(given.chosen);
  const named = given.understanding.entities.filter(
    (each) => each.kind === 'choice' && each.slot === name && is.choices.includes(each.value),
  );
  const strong = named.filter(({ value }) => !is.weak?.includes(value));
  const [first] = strong.length > 0 ? strong : named;
  // Two different ones named ("food and garden") decide nothing.
  return first && (strong.length > 0 ? strong : named).every(({ value }) => value === first.value)
    ? said(first.value)
    : UNREAD;
}

export function readYesNo(given: Given): Read {
  if (given.chosen === 'yes' || given.chosen === 'no') return said(given.chosen === 'yes');
  return given.whole && given.yes !== undefined ? said(given.yes) : UNREAD;
}

/**
 * A button of what is offered now (one of an older message picks nothing), or of a pick by name the one option that the words
 * name; a postcode is none of them.
 */
export function readPick(is: Is<'pick'>, given: Given, offered: () => readonly PickOption[]): Read {
  const { chosen, whole } = given;
  if (chosen !== undefined && whole)
    return chosen === 'none' || offered().some(({ value }) => value === chosen)
      ? { value: chosen, source: 'verified' }
      : UNREAD;
  if (!is.byName) return UNREAD;
  const options = offered();
  if (options.length === 0) return UNREAD;
  const words = ` ${plain(given.understanding.text)} `;
  const meant = options.filter(({ names = [] }) => names.some((name) => words.includes(` ${plain(name)} `)));
  if (meant.length > 1) return UNREAD;
  const value = meant[0]?.value ?? (entity(given, 'postcode') ? 'none' : undefined);
  return value === undefined ? UNREAD : { value, source: 'verified' };
}

/** A bare "yes" tells nothing; a bare "no" leaves out what may be left out, and else tells nothing either. */
export function readText(is: Is<'text'>, isOptional: boolean, given: Given): Read {
  const words = given.understanding.text;
  const named = given.whole || !is.entity ? undefined : entity(given, is.entity);
  if (named !== undefined) return said(named);
  if (!given.whole || words === '' || given.dontKnow) return UNREAD;
  if (given.yes !== undefined) return isOptional && !given.yes ? { value: null, source: 'said' } : UNREAD;
  return words.length > is.max ? { invalid: { text: 'common:invalid.tooLong', params: { max: is.max } } } : said(words);
}

export function readDate(is: Is<'date'>, given: Given, { known }: Context): Read {
  const found = given.understanding.entities.find(({ kind }) => kind === 'date');
  if (found === undefined) return UNREAD;
  const today = localDate(known.now);
  const value = is.when === 'future' ? dayToCome(found.value, found.text, today, known.language) : found.value;
  if (is.when === 'past' && value > today)
    return { invalid: { text: 'common:invalid.future', params: { date: { date: value } } } };
  if (is.when === 'future' && value < today)
    return { invalid: { text: 'common:invalid.past', params: { date: { date: value } } } };
  return said(value);
}

/** Days are read as past unless the words say otherwise; of one to come, "Friday" is the next and "3 January" this winter's. */
function dayToCome(date: IsoDate, words: string, today: IsoDate, language: string): IsoDate {
  const ago = daysBetween(date, today);
  if (ago < 0) return date;
  const weekday = plain(
    new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' }).format(Date.parse(date)),
  );
  if (ago > 0 && ago <= 7 && plain(words).includes(weekday.slice(0, 3))) return addDays(date, 7);
  return ago > LONG_PAST && !/\d{4}/.test(words) ? addMonths(date, 12) : date;
}

const LONG_PAST = 90;

export function readNumber(is: Is<'number'>, given: Given): Read {
  if (!given.whole) return UNREAD;
  const words = given.chosen ?? countIn(given);
  if (words === undefined || !/^\d{1,9}$/.test(words)) return UNREAD;
  const value = Number(words);
  if (value >= is.min && value <= is.max) return said(value);
  return { invalid: { text: 'common:invalid.number', params: { min: is.min, max: is.max } } };
}

/** The "10" of "10 Sample Road, WB1 2AB" counts nothing. */
function countIn(given: Given): string | undefined {
  const { entities } = given.understanding;
  if (entity(given, 'street', 'postcode') === undefined) return entity(given, 'number', 'house-number');
  const isHouse = (start: number): boolean =>
    entities.some(
      (each) => (each.kind === 'house-number' || each.kind === 'flat') && each.start <= start && start < each.end,
    );
  return entities.find(({ kind, start }) => kind === 'number' && !isHouse(start))?.value;
}

export function readContact(given: Given, { known }: Context): Read {
  if ((given.chosen === 'this-number' || given.yes === true) && known.phone)
    return { value: { kind: 'phone', value: known.phone }, source: 'verified' };
  const email = entity(given, 'email');
  if (email) return { value: { kind: 'email', value: email }, source: 'said' };
  const phone = entity(given, 'phone');
  return phone ? { value: { kind: 'phone', value: phone }, source: 'said' } : UNREAD;
}

/** A number is written in few pieces, even digit by digit; a story of 4,000 characters has a million stretches. */
const MOST_PIECES = 20;

export function readPattern(is: Is<'pattern'>, invalid: `${string}:${string}`, given: Given): Read {
  const isAnywhere = is.entity === 'anywhere';
  const recognised = is.entity && is.entity !== 'anywhere' && entity(given, is.entity);
  if (recognised && is.pattern.test(is.normalise(recognised))) return said(is.normalise(recognised));
  if (!given.whole && !isAnywhere) return UNREAD;
  const words = given.understanding.text.split(' ');
  for (let size = Math.min(words.length, MOST_PIECES); size > 0; size--) {
    for (let from = 0; from + size <= words.length; from++) {
      const candidate = is.normalise(words.slice(from, from + size).join(' '));
      if (is.pattern.test(candidate)) return said(candidate);
    }
  }
  // A number that is nearly one gets the reason; words without any digit are something else.
  return /\d/.test(given.understanding.text) && words.length <= 4 ? { invalid: { text: invalid } } : UNREAD;
}
