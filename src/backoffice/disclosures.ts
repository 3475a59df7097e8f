import MiniSearch, { type SearchResult } from 'minisearch';
import { daysBetween } from '../conversation/calendar';
import type { Disclosure, Disclosures, IsoDate } from '../conversation/ports';
import type { Db, NewRow } from '../storage/schema';
import type { Store } from '../storage/store';
import { inParts, noteImport } from './borough';
import { isMatter, termOf, wordsOf } from './disclosureWords';

/** Replaces the published answers as a whole. */
export async function replaceDisclosures(
  tx: Db,
  rows: readonly NewRow<'disclosures'>[],
  source: string,
  at: number,
): Promise<void> {
  await tx.deleteFrom('disclosures').execute();
  for (const part of inParts(rows)) await tx.insertInto('disclosures').values(part).execute();
  await noteImport(tx, 'disclosures', rows.length, source, at);
}

/**
 * The embedded disclosure log. The index is built in memory when it is first asked, and again after an import, by whichever
 * process: the databases' own full-text indexes stem and rank each in its own way.
 */
export function createDisclosures(store: Store): Disclosures {
  let built: { readonly of: string; readonly index: Promise<Index> } | undefined;
  return {
    async search(words, limit) {
      const of = await importedAt(store);
      if (built?.of !== of) built = { of, index: buildIndex(store) };
      const { index } = built;
      index.catch(() => {
        built = undefined;
      });
      return best(await index, words, limit);
    },
  };
}

/** What tells one import from the next. */
async function importedAt(store: Store): Promise<string> {
  const latest = await store.db
    .selectFrom('imports')
    .select(['at', 'rows', 'source'])
    .where('kind', '=', 'disclosures')
    .orderBy('at', 'desc')
    .executeTakeFirst();
  return JSON.stringify(latest ?? null);
}

interface Index {
  readonly search: MiniSearch<Disclosure>;
  readonly answers: ReadonlyMap<string, Disclosure>;
  /** The last day that anything was published. */
  readonly latest: IsoDate;
  /** In how many answers a term stands. */
  readonly frequency: ReadonlyMap<string, number>;
}

async function buildIndex(store: Store): Promise<Index> {
  const rows = await store.db.selectFrom('disclosures').selectAll().orderBy('reference').execute();
  const search = new MiniSearch<Disclosure>({
    idField: 'reference',
    fields: ['title', 'summary'],
    tokenize: wordsOf,
    processTerm: (word) => termOf(word) ?? null,
    searchOptions: { boost: { title: 3 }, fuzzy: (term) => (term.length > 5 && isMatter(term) ? 1 : false) },
  });
  await search.addAllAsync(rows);
  const latest =
    rows
      .map(({ published }) => published)
      .sort()
      .at(-1) ?? '';
  const frequency = new Map<string, number>();
  for (const { title, summary } of rows)
    for (const term of termsOf(`${title} ${summary}`)) frequency.set(term, (frequency.get(term) ?? 0) + 1);
  return { search, latest, answers: new Map(rows.map((row) => [row.reference, row])), frequency };
}

const termsOf = (text: string): ReadonlySet<string> => new Set(wordsOf(text).flatMap((word) => termOf(word) ?? []));

/** Of a long story the first words are searched for. */
const MOST_WORDS = 60;
/** How much of what was asked, weighed by how telling each word is, an answer must hold to be offered. */
const ENOUGH = 0.5;

function best(index: Index, words: string, limit: number): readonly Disclosure[] {
  const asked = [...termsOf(words)].slice(0, MOST_WORDS);
  const whole = asked.reduce((sum, term) => sum + weight(index, term), 0);
  const fits = ({ queryTerms, match }: SearchResult): boolean => {
    const held = queryTerms.reduce((sum, term) => sum + weight(index, term), 0);
    const matters = queryTerms.filter(isMatter);
    const isTitled = Object.entries(match).some(([term, fields]) => isMatter(term) && fields.includes('title'));
    const isWhole = matters.length > 0 && asked.filter(isMatter).every((term) => matters.includes(term));
    return (isTitled || isWhole) && held >= whole * ENOUGH;
  };
  return index.search
    .search(words, { boostDocument: (id) => FRESHNESS ** yearsOld(index, id) })
    .filter(fits)
    .flatMap(({ id }) => index.answers.get(String(id)) ?? [])
    .slice(0, limit);
}

/** Of two that fit nearly alike the later one is better. */
const FRESHNESS = 0.85;
const YEAR_DAYS = 365;

const yearsOld = ({ answers, latest }: Index, id: string): number =>
  daysBetween(answers.get(id)?.published ?? latest, latest) / YEAR_DAYS;

/** A year or a kind of figure tells little, a word that stands in few answers tells much. */
function weight({ frequency, answers }: Index, term: string): number {
  if (!isMatter(term)) return 0.3;
  return Math.log(1 + answers.size / (1 + (frequency.get(term) ?? 0)));
}
