import type { Address, ChoiceSaid, Say } from '../ports';
import { type Candidate, rangeOf } from './addressLists';
import { NONE, PERSON, STOP } from './reading';

/** What is said about an address that is not yet decided: keys and parameters. */

export const pick = (): Say => ({ text: 'common:address.pick' });
export const plate = (words: string): Say => ({ text: 'common:address.plate', params: { said: words.slice(0, 20) } });
export const half = (said: string): Say => ({ text: 'common:address.half', params: { said } });
export const noneBefore = (): Say => ({ text: 'common:address.noneBefore' });
export const notListed = (): Say => ({ text: 'common:address.notListed', choices: [PERSON] });
export const askNumber = (where: string): Say => ({ text: 'common:address.number', params: { where } });
export const whichPostcode = (said: string): Say => ({ text: 'common:address.whichPostcode', params: { said } });

export const addressChoices = (candidates: readonly Candidate[], isPlain: boolean): readonly ChoiceSaid[] => [
  ...candidates.map(
    ({ uprn, line, postcode }): ChoiceSaid => ({
      value: `uprn:${uprn}`,
      label: { words: isPlain ? line : `${line}, ${postcode}` },
    }),
  ),
  NONE,
];

export function postcodeOf(number: string | undefined, flat: string | undefined): Say {
  if (number !== undefined) return { text: 'common:address.postcode', params: { number } };
  return { text: 'common:address.postcodeOfFlat', params: { flat: bareFlat(flat) } };
}

const listOf = (items: readonly string[]) => ({ list: items });

export const notFound = (said: string, where: readonly string[], count: number): Say => ({
  text: 'common:address.notFound',
  params: { said, where: listOf(where), count },
});

/** The postcode is the council's, but no address of it is in the council's list. */
export const missing = (postcode: string): Say => ({
  text: 'common:address.missing',
  params: { postcode },
  choices: [PERSON, STOP],
});

/** A street that the borough does not have, and those of a like name. */
export function unknownStreet(said: string, council: string, alike: readonly string[]): Say {
  const params = { said, council };
  if (alike.length === 0) return { text: 'common:address.unknownStreet', params };
  const choices = alike.map((name): ChoiceSaid => ({ value: `street:${name}`, label: { words: name } }));
  return { text: 'common:address.alike', params: { ...params, count: alike.length }, choices: [...choices, NONE] };
}

type Where = readonly string[];

export const unknownAt = (said: string, council: string, postcode: string, where: Where, count: number): Say => ({
  text: 'common:address.unknownAt',
  params: { said, council, postcode, where: listOf(where), count },
});

export const unknownNumber = (said: string, council: string, postcode: string, where: Where): Say => ({
  text: 'common:address.unknownNumber',
  params: { said, council, postcode, where: listOf(where) },
});

export const otherStreet = (street: string, postcode: string, where: Where): Say => ({
  text: 'common:address.otherStreet',
  params: { street, postcode, where: listOf(where) },
});

export const whichOf = (street: string, postcode: string, where: Where): Say => ({
  text: 'common:address.whichOf',
  params: { street, postcode, where: listOf(where) },
});

/** No such number: those that are known are named, as a range; the second time a person is offered too. */
export function noNumber(said: string, there: readonly Address[], isFlat: boolean, tries: number): Say {
  const [first] = there;
  const range = rangeOf(there.map((each) => (isFlat ? bareFlat(each.flat) : each.number)));
  const house = [...new Set(there.map(({ number, street }) => (number === street ? street : `${number} ${street}`)))];
  const streets = [...new Set(there.map(({ street }) => street))].slice(0, 3);
  const where = isFlat && house.length === 1 ? house : streets;
  const [from, to] = range ?? ['none', first?.number ?? ''];
  return {
    text: isFlat ? 'common:address.noFlat' : 'common:address.noNumber',
    params: { said: isFlat ? bareFlat(said) : said, where: listOf(where), from, to },
    ...(tries > 1 && { choices: [PERSON] }),
  };
}

const bareFlat = (flat: string | undefined): string => flat?.replace(/^\D+ /, '') ?? '';

export function whichFlat(matches: readonly Address[]): Say {
  const [first] = matches;
  const [from, to] = rangeOf(matches.map(({ flat }) => bareFlat(flat))) ?? ['none', ''];
  const where = first ? (first.number === first.street ? first.street : `${first.number} ${first.street}`) : '';
  return { text: 'common:address.whichFlat', params: { where, from, to } };
}
