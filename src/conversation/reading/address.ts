import { look } from '../form';
import type { Address, AddressQuery, Json, PostcodeAnswer, StreetMatch } from '../ports';
import { type Candidate, keptStreets, narrowed, streetsAt } from './addressLists';
import * as says from './addressSays';
import { halfPostcode, isName, onlyPlate } from './oddAnswers';
import {
  type Asked,
  asking,
  bareNumberIn,
  type Context,
  chosenOf,
  elsewhere,
  entity,
  type Given,
  isBareYesOrNo,
  MOST,
  type Read,
  saysSame,
  UNREAD,
} from './reading';

/** What is known of an address before it is decided, and the question that was asked about the rest of it. */
interface Partial extends Asked {
  readonly postcode?: string;
  readonly number?: string;
  readonly flat?: string;
  readonly street?: string;
  /** Reads as a street's name, and the gazetteer does not have it. */
  readonly unknown?: string;
  /** Offered for picking. */
  readonly candidates?: readonly Candidate[];
  /** A bare number or letter is a flat's. */
  readonly asks?: 'flat';
  /** What was said last and is not there; how often in a row something was not. */
  readonly said?: string;
  readonly tries?: number;
}

/** Postcode, then number or name; one match is taken, of several a narrower question is asked. */
export function readAddress(given: Given, context: Context): Read {
  const before = (context.partial ?? {}) as unknown as Partial;
  const picked = pick(given, before, context);
  if (picked) return picked;
  if (isBareYesOrNo(given)) return UNREAD;
  if (saysSame(given, context, 'address')) return asBefore(context);
  const partial = merge(before, given);
  const isNew = JSON.stringify(partial) !== JSON.stringify(partsOf(before));
  if (isNew) return decide({ ...partial, ...triesOf(before) }, undefined, context);
  if (!given.whole) return UNREAD;
  return readWords(partial, before, given, context);
}

/** Asks for what is still missing, without a new message. */
export function resumeAddress({ partial }: Context): Read {
  const { say } = (partial ?? {}) as unknown as Partial;
  return say && partial !== undefined ? { partial, say } : UNREAD;
}

/** Nothing was recognised: a house's name, or something that is no address. */
function readWords(partial: Partial, before: Partial, given: Given, context: Context): Read {
  const words = given.understanding.text;
  const isPlaced = partial.postcode !== undefined || partial.street !== undefined;
  if (!isPlaced && onlyPlate(given)) return { invalid: says.plate(words) };
  const half = isPlaced ? undefined : halfPostcode(words);
  if (half) return { invalid: says.half(half), keep: partial as unknown as Json };
  if (!isPlaced || !isName(words)) return UNREAD;
  return decide({ ...partial, ...triesOf(before) }, words, context);
}

const triesOf = ({ tries, said }: Partial): Partial => drop({ tries, said });

function asBefore({ known }: Context): Read {
  const address = known.before?.address;
  return address === undefined ? { invalid: says.noneBefore() } : { value: address, source: 'verified' };
}

function pick(given: Given, before: Partial, context: Context): Read | undefined {
  const chosen = chosenOf(given, before.say);
  if (chosen === 'none') return { invalid: says.notListed() };
  if (chosen?.startsWith('street:')) return decide({ ...partsOf(before), street: chosen.slice(7) }, undefined, context);
  if (chosen?.startsWith('uprn:')) return found(look(context.known, { need: 'address', uprn: chosen.slice(5) }));
  if (!before.candidates || !given.whole) return undefined;
  const fitting = narrowed(before.candidates, given.understanding.text);
  const [only] = fitting;
  if (only && fitting.length === 1) return found(look(context.known, { need: 'address', uprn: only.uprn }));
  return fitting.length > 0 && fitting.length < before.candidates.length ? offer(before, fitting) : undefined;
}

type Loose = { readonly [K in keyof Partial]?: Partial[K] | undefined };
const drop = (partial: Loose): Partial => JSON.parse(JSON.stringify(partial)) as Partial;

/** What names an address, without what was asked and offered for it. */
const partsOf = ({ postcode, number, flat, street, unknown, asks }: Loose): Partial =>
  drop({ postcode, number, flat, street, unknown, asks });

function merge(before: Partial, given: Given): Partial {
  const postcode = entity(given, 'postcode');
  const street = entity(given, 'street');
  const named = street ?? entity(given, 'unknown-street');
  const bare = entity(given, 'house-number') ?? (given.whole ? (bareNumberIn(given) ?? letter(given)) : undefined);
  const isFlat = before.asks === 'flat' && named === undefined && postcode === undefined;
  const flat = entity(given, 'flat') ?? (isFlat && bare ? `flat ${bare}` : undefined);
  const number = isFlat ? undefined : bare;
  const isElsewhere = postcode !== undefined && before.postcode !== undefined && postcode !== before.postcode;
  const kept: Loose = isElsewhere ? {} : before;
  return partsOf({
    postcode: postcode ?? kept.postcode,
    street: street ?? (named ? undefined : kept.street),
    unknown: street ? undefined : (named ?? kept.unknown),
    number: number ?? kept.number,
    flat: flat ?? kept.flat,
    asks: number === undefined ? kept.asks : undefined,
  });
}

/** "b" answers which flat it is. */
const letter = ({ understanding: { text } }: Given): string | undefined =>
  /^[a-z]$/i.test(text) ? text.toLowerCase() : undefined;

function decide(partial: Partial, words: string | undefined, context: Context): Read {
  const { postcode, street, number, unknown } = partial;
  if (postcode) {
    const answer = look(context.known, { need: 'postcode', postcode }) as unknown as PostcodeAnswer | undefined;
    if (answer?.in === 'elsewhere')
      return {
        invalid: elsewhere(answer),
        keep: drop({ ...partsOf(partial), postcode: undefined }) as unknown as Json,
      };
  }
  if (unknown && !street) return notInBorough(partial, unknown, context);
  if (!postcode && !street)
    return number || partial.flat ? asking(partial, says.postcodeOf(number, partial.flat)) : UNREAD;
  const matches = find(queryOf(partial, words), context);
  if (matches === undefined) return { invalid: { text: 'common:address.unavailable' }, keep: kept(partial) };
  const [only] = matches;
  if (only && matches.length === 1) return found(only as unknown as Json);
  return matches.length === 0 ? nothing(partial, words, context) : several(partial, matches, words);
}

const kept = (partial: Partial): Json => partsOf(partial) as unknown as Json;

function queryOf({ postcode, street, number, flat }: Partial, words: string | undefined): AddressQuery {
  return drop({ postcode, street, number, flat, ...(words && !number && { words }) } as Loose) as AddressQuery;
}

/** Undefined: the gazetteer does not answer. */
function find(query: AddressQuery, { known }: Context): readonly Address[] | undefined {
  return look(known, { need: 'addresses', query }) as unknown as readonly Address[] | undefined;
}

/** A street that the borough does not have is named back; what the postcode has, or streets of a like name, is offered. */
function notInBorough(partial: Partial, unknown: string, context: Context): Read {
  const { postcode, number, flat } = partial;
  const council = context.known.settings.council.shortName;
  if (!postcode) {
    const matches = (look(context.known, { need: 'streets', name: unknown }) ??
      []) as unknown as readonly StreetMatch[];
    return asking(partial, says.unknownStreet(unknown, council, keptStreets(matches)));
  }
  const there = find(queryOf({ postcode, ...(number && { number }), ...(flat && { flat }) }, undefined), context) ?? [];
  const all = there.length > 0 ? there : (find({ postcode }, context) ?? []);
  if (all.length === 0) return { invalid: says.missing(postcode) };
  const rest = drop({ ...partsOf(partial), unknown: undefined });
  const where = streetsAt(all);
  if (number && there.length > 0 && there.length <= MOST)
    return offer(rest, there, says.unknownAt(unknown, council, postcode, where, there.length));
  return asking(drop({ ...rest, number: undefined }), says.unknownNumber(unknown, council, postcode, where));
}

/** Nothing fits: what was said is named, and what is known there. Street and postcode are kept, the number is in doubt. */
function nothing(partial: Partial, words: string | undefined, context: Context): Read {
  const { postcode, street, number, flat } = partial;
  const rest = drop({ postcode, street });
  const all = find(queryOf(rest, undefined), context) ?? [];
  if (all.length === 0) return postcode && street ? contradiction(partial, context) : unlisted(partial);
  const said = (flat ?? number ?? words ?? '').slice(0, 60);
  const tries = (partial.tries ?? 0) + 1;
  if (said === partial.said) return UNREAD;
  const inHouse = flat && number ? (find(queryOf(drop({ postcode, street, number }), undefined), context) ?? []) : [];
  const there = inHouse.length > 0 ? inHouse : all;
  const known = drop({ ...rest, ...(inHouse.length > 0 && { number }), said, tries });
  if (there.length <= MOST) return offer(known, there, says.notFound(said, streetsAt(there), there.length));
  const isFlat = inHouse.length > 0 || (flat !== undefined && there.every((each) => each.flat !== undefined));
  return asking({ ...known, ...(isFlat && { asks: 'flat' }) }, says.noNumber(said, there, isFlat, tries));
}

/** The borough has the street or the postcode, but its list holds no address there. */
function unlisted({ postcode }: Partial): Read {
  return { invalid: postcode ? says.missing(postcode) : { text: 'common:address.unknown' } };
}

/** Street and postcode are both known, and do not belong together: both are named, none is taken for the other. */
function contradiction({ postcode = '', street = '', number, flat }: Partial, context: Context): Read {
  const house = { ...(number && { number }), ...(flat && { flat }) };
  const byPostcode = find({ postcode }, context) ?? [];
  if (byPostcode.length === 0) return { invalid: says.missing(postcode) };
  const where = streetsAt(byPostcode);
  if (!number && !flat) return asking({ postcode }, says.otherStreet(street, postcode, where));
  const fitting = [...(find({ postcode, ...house }, context) ?? []), ...(find({ street, ...house }, context) ?? [])];
  if (fitting.length === 0 || fitting.length > MOST)
    return asking({ postcode }, says.otherStreet(street, postcode, where));
  return offer({ ...house }, fitting, says.whichOf(street, postcode, where));
}

/** Several fit: flats of one house, houses of one street, or one number in two streets of a name. */
function several(partial: Partial, matches: readonly Address[], words: string | undefined): Read {
  const houses = new Set(matches.map(({ number, street, postcode }) => `${number}|${street}|${postcode}`));
  if (matches.length <= MOST) return offer(partial, matches);
  if (houses.size === 1) return asking({ ...partial, asks: 'flat' }, says.whichFlat(matches));
  if (partial.number ?? words) return asking(partial, says.whichPostcode(partial.number ?? words ?? ''));
  return asking(partial, says.askNumber(partial.postcode ?? partial.street ?? ''));
}

/** Lines with their postcodes, unless that is what was said. */
function offer(partial: Partial, matches: readonly Candidate[], say = says.pick()): Read {
  const candidates = matches.map(({ uprn, line, postcode }) => ({ uprn, line, postcode }));
  const isPlain = partial.postcode !== undefined && matches.every(({ postcode }) => postcode === partial.postcode);
  return asking({ ...partial, candidates }, { ...say, choices: says.addressChoices(candidates, isPlain) });
}

const found = (address: Json | undefined): Read =>
  address ? { value: address, source: 'verified' } : { invalid: { text: 'common:address.unavailable' } };
