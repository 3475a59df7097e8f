import { look } from '../form';
import type { Address, AddressQuery, Json, PostcodeAnswer, Say } from '../ports';
import { type Context, entity, type Given, page, type Read, UNREAD } from './reading';

/** What is known of an address before it is decided. */
interface Partial {
  readonly postcode?: string;
  readonly number?: string;
  readonly flat?: string;
  readonly street?: string;
  /** Offered for picking, from `from` on. */
  readonly candidates?: readonly { readonly uprn: string; readonly line: string }[];
  readonly from?: number;
  /** What was said and is not there. */
  readonly said?: string;
}

const PAGE = 5;

/** Postcode, then number or name; one match is taken, several are offered. Words are matched against the lines of a postcode. */
export function readAddress(given: Given, context: Context): Read {
  const before = (context.partial ?? {}) as unknown as Partial;
  const picked = pick(given, before, context);
  if (picked) return picked;
  const partial = merge(before, given);
  const words = given.whole && given.understanding.text !== '' ? given.understanding.text : undefined;
  const same = JSON.stringify(partial) === JSON.stringify(partsOf(before));
  if (same && words === undefined && !given.whole) return UNREAD;
  if (!partial.postcode && !partial.street) {
    return partial.number === undefined || same
      ? UNREAD
      : asking(partial, { text: 'common:address.postcode', params: { number: partial.number } });
  }
  return decide(partial, same ? words : undefined, context);
}

/** Asks for what is still missing, without a new message. */
export function resumeAddress(context: Context): Read {
  const partial = (context.partial ?? {}) as unknown as Partial;
  if (partial.candidates) return offer(partial);
  if (!partial.postcode && !partial.street) {
    return partial.number
      ? asking(partial, { text: 'common:address.postcode', params: { number: partial.number } })
      : UNREAD;
  }
  return decide(partial, undefined, context);
}

function pick(given: Given, before: Partial, context: Context): Read | undefined {
  if (given.chosen === 'more') return offer({ ...before, from: (before.from ?? 0) + PAGE });
  if (given.chosen === 'none')
    return asking(
      {},
      { text: 'common:address.notListed', choices: [{ value: 'cmd:agent', label: 'common:offer.person' }] },
    );
  if (!given.chosen?.startsWith('uprn:')) return undefined;
  return found(look(context.known, { need: 'address', uprn: given.chosen.slice(5) }));
}

/** What names an address, without what was offered for it. */
const partsOf = ({ postcode, number, flat, street }: Loose): Partial => drop({ postcode, number, flat, street });

function merge(before: Partial, given: Given): Partial {
  const postcode = entity(given, 'postcode');
  const street = entity(given, 'street');
  const number = entity(given, 'house-number') ?? (given.whole ? entity(given, 'number') : undefined);
  const flat = entity(given, 'flat');
  const keeps = postcode === undefined || postcode === before.postcode;
  const kept: Loose = keeps
    ? before
    : before.postcode === undefined
      ? { number: before.number, flat: before.flat }
      : {};
  return partsOf({
    postcode: postcode ?? kept.postcode,
    street: street ?? kept.street,
    number: number ?? kept.number,
    flat: flat ?? kept.flat,
  });
}

type Loose = { readonly [K in keyof Partial]?: Partial[K] | undefined };
const drop = (partial: Loose): Partial => JSON.parse(JSON.stringify(partial)) as Partial;

function decide(partial: Partial, words: string | undefined, context: Context): Read {
  if (partial.postcode) {
    const answer = look(context.known, { need: 'postcode', postcode: partial.postcode }) as unknown as
      | PostcodeAnswer
      | undefined;
    if (answer?.in === 'elsewhere') return { invalid: elsewhere(answer) };
  }
  const { postcode, street, number, flat } = partial;
  const query = drop({ postcode, street, number, flat });
  const matches = find({ ...query, ...(words && !number && { words }) }, context);
  if (matches === undefined) return { invalid: { text: 'common:address.unavailable' } };
  if (matches.length === 1) return found(matches[0] as unknown as Json);
  if (matches.length === 0) return nothing(partial, words, context);
  if (matches.length > PAGE && !number && !words) return asking(partial, askNumber(partial));
  return several(partial, matches);
}

/** Undefined: the gazetteer does not answer. */
function find(query: AddressQuery, context: Context): readonly Address[] | undefined {
  return look(context.known, { need: 'addresses', query }) as unknown as readonly Address[] | undefined;
}

/** Nothing fits: the number is in doubt before the postcode is, so what the postcode has is offered. */
function nothing(partial: Partial, words: string | undefined, context: Context): Read {
  const { postcode, street, number, flat } = partial;
  const all = number || flat || words ? (find(drop({ postcode, street }), context) ?? []) : [];
  if (all.length === 0)
    return postcode && street
      ? decide(drop({ postcode, number, flat }), undefined, context)
      : { invalid: postcode ? missing(postcode) : { text: 'common:address.unknown' } };
  const said = (number ?? flat ?? words ?? '').slice(0, 60);
  const rest = drop({ postcode, street });
  const candidates = all.map(({ uprn, line }) => ({ uprn, line }));
  return offer({ ...rest, candidates, said });
}

function several(partial: Partial, matches: readonly Address[]): Read {
  const candidates = matches.map(({ uprn, line, postcode }) => ({
    uprn,
    line: partial.postcode ? line : `${line}, ${postcode}`,
  }));
  return offer({ ...partial, candidates });
}

function offer(partial: Partial): Read {
  const choices = page(partial.candidates ?? [], partial.from ?? 0, PAGE, ({ uprn, line }) => ({
    value: `uprn:${uprn}`,
    label: { words: line },
  }));
  const { said, postcode, street } = partial;
  if (said === undefined || partial.from) return asking(partial, { text: 'common:address.pick', choices });
  return asking(partial, {
    text: 'common:address.notFound',
    choices,
    params: { said, where: postcode ?? street ?? '' },
  });
}

/** The postcode is the council's, but no address of it is in the council's list. */
const missing = (postcode: string): Say => ({
  text: 'common:address.missing',
  params: { postcode },
  choices: [
    { value: 'cmd:agent', label: 'common:offer.person' },
    { value: 'cmd:stop', label: 'common:choice.stop' },
  ],
});

const asking = (partial: Partial, say: Say): Read => ({ partial: partial as unknown as Json, say });
const found = (address: Json | undefined): Read =>
  address ? { value: address, source: 'verified' } : { invalid: { text: 'common:address.unavailable' } };

function askNumber({ postcode, street }: Partial): Say {
  return { text: 'common:address.number', params: { where: postcode ?? street ?? '' } };
}

function elsewhere(answer: { readonly postcode: string; readonly authority?: string }): Say {
  const { postcode, authority } = answer;
  return authority
    ? {
        text: 'common:address.elsewhere',
        params: { postcode, authority },
        choices: [{ value: 'cmd:stop', label: 'common:choice.stop' }],
      }
    : {
        text: 'common:address.outside',
        params: { postcode },
        choices: [{ value: 'cmd:stop', label: 'common:choice.stop' }],
      };
}
