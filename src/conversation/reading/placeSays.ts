import type { ChoiceSaid, Say } from '../ports';
import type { KnownLandmark, KnownStreet } from './placeLookups';
import { type Context, NONE } from './reading';

/** What is said about a place that is not yet decided: keys and parameters. */

export const plate = (words: string): Say => ({ text: 'common:place.plate', params: { said: words.slice(0, 20) } });
export const half = (said: string): Say => ({ text: 'common:place.half', params: { said } });
export const noneBefore = (): Say => ({ text: 'common:place.noneBefore' });
export const whichStreetAt = (postcode: string): Say => ({ text: 'common:place.streetAt', params: { postcode } });

export const unknown = (said: string, { known }: Context): Say => ({
  text: 'common:place.unknown',
  params: { said: said.slice(0, 60), council: known.settings.council.shortName },
});

/** Streets of a like name: choices follow. */
export const alike = (said: string, count: number, { known }: Context): Say => ({
  text: 'common:place.alike',
  params: { said: said.slice(0, 60), council: known.settings.council.shortName, count },
});

export function where(street: string): Say {
  const choices = [{ value: 'dont-know', label: 'common:choice.dontKnow' }] as const;
  return { text: 'common:place.where', params: { street }, choices };
}

/** The other street of a corner is not known. */
export const whereElse = (street: string, said: string, { known }: Context): Say => ({
  ...where(street),
  text: 'common:place.whereElse',
  params: { street, said, council: known.settings.council.shortName },
});

/** The street is still missing, of "outside 12" or "opposite the church". */
export function whichStreet(number: string | undefined, near: string | undefined): Say {
  if (number !== undefined) return { text: 'common:place.streetOfNumber', params: { number } };
  return near === undefined
    ? { text: 'common:place.again' }
    : { text: 'common:place.streetOfNear', params: { near: { quote: near } } };
}

export function streetChoices(streets: readonly KnownStreet[], say: Say = { text: 'common:place.pick' }): Say {
  const choices = streets.map(
    ({ id, name, locality }): ChoiceSaid => ({
      value: `street:${id}`,
      label: { words: [name, locality].filter(Boolean).join(', ') },
    }),
  );
  return { ...say, choices: [...choices, NONE] };
}

export function whichLandmark(
  offered: readonly { readonly mark: KnownLandmark; readonly street: string | undefined }[],
): Say {
  const choices = offered.map(
    ({ mark, street }): ChoiceSaid => ({
      value: `mark:${mark.id}`,
      label: { words: [mark.name, street].filter(Boolean).join(', ') },
    }),
  );
  return { text: 'common:place.pickLandmark', choices: [...choices, NONE] };
}

/** Metres are told in tens. */
export function outsideNear(street: KnownStreet, metres: number, authority: string | undefined): Say {
  return streetChoices([street], {
    text: 'common:place.outsideNear',
    params: {
      street: street.name,
      metres: Math.max(10, Math.round(metres / 10) * 10),
      authority: authority ?? 'none',
    },
  });
}
