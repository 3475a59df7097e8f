import type { IsoDate } from './ports';

/** How old the values of a council's settings are, and whose it is to renew them. */

export interface SettingAge {
  /** Where it stands in the file: `prices.pcnHigher`, `services.libraries.branches`. */
  readonly path: string;
  readonly owner: string;
  /** The page it was taken from. */
  readonly source: string;
  readonly effectiveFrom: IsoDate;
  readonly expiresOn: IsoDate;
}

type Entry = Omit<SettingAge, 'path'>;
type Entries = Readonly<Record<string, Entry>>;
const SECTIONS = ['phones', 'links', 'hours', 'times', 'windows', 'prices', 'contacts'] as const;

/** A settings file, as far as it has dates. */
type AgingFile = Readonly<Record<(typeof SECTIONS)[number], Entries>> & {
  readonly map?: Entries | undefined;
  readonly services: Readonly<Record<string, Entries>>;
  readonly signposts: readonly { readonly id: string; readonly link: Entry }[];
};

function valuesWithDates(file: AgingFile): readonly SettingAge[] {
  const sections: Readonly<Record<string, Entries>> = {
    ...Object.fromEntries(SECTIONS.map((name) => [name, file[name]])),
    map: file.map ?? {},
    ...Object.fromEntries(Object.entries(file.services).map(([id, values]) => [`services.${id}`, values])),
    signposts: Object.fromEntries(file.signposts.map(({ id, link }) => [id, link])),
  };
  return Object.entries(sections).flatMap(([name, values]) =>
    Object.entries(values).map(([key, { owner, source, effectiveFrom, expiresOn }]) => ({
      path: `${name}.${key}`,
      owner,
      source,
      effectiveFrom,
      expiresOn,
    })),
  );
}

/** Values that hold no more, or not yet: told to nobody. */
export function outOfDate(file: AgingFile, today: IsoDate): readonly SettingAge[] {
  return valuesWithDates(file).filter(({ effectiveFrom, expiresOn }) => expiresOn < today || today < effectiveFrom);
}

/** Values that hold on `today` and no longer on or after `until`, the first to expire first. */
export function expiringBefore(file: AgingFile, today: IsoDate, until: IsoDate): readonly SettingAge[] {
  return valuesWithDates(file)
    .filter(({ effectiveFrom, expiresOn }) => effectiveFrom <= today && today <= expiresOn && expiresOn < until)
    .toSorted((a, b) => a.expiresOn.localeCompare(b.expiresOn));
}

/** One line for logs and terminals. */
export function ageLine({ path, owner, effectiveFrom, expiresOn }: SettingAge, today: IsoDate): string {
  if (expiresOn < today) return `${path}: expired on ${expiresOn}, owner ${owner}`;
  return today < effectiveFrom
    ? `${path}: holds only from ${effectiveFrom}, owner ${owner}`
    : `${path}: expires on ${expiresOn}, owner ${owner}`;
}
