import type { Suggestion } from '../protocol';
import type { Acts } from '../state';
import type { Point } from './position';

/** What `GET /chat/addresses` knows. Each rejects without a connection. */

export async function suggest(acts: Acts, words: string, kind: 'address' | 'place'): Promise<readonly Suggestion[]> {
  const query = new URLSearchParams({ q: words.trim(), for: kind });
  const { suggestions } = await acts.lookUp<{ readonly suggestions: readonly Suggestion[] }>(`${query}`);
  return suggestions;
}

/** Street and postcode beside a point; undefined outside the council's area. */
export async function near(acts: Acts, { lat, lon }: Point): Promise<string | undefined> {
  const { near: found } = await acts.lookUp<{ readonly near: string | null }>(`lat=${lat}&lon=${lon}`);
  return found ?? undefined;
}
