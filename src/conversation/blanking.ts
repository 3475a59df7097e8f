import type { FormInput } from './form';
import type { Understanding } from './ports';
import type { Service } from './service';

/** What stands for each letter that was blanked. */
const BLANK = '•';

/** What a message holds that the service never takes (`neverTakes`). */
function privateWords({ neverTakes }: Service, { text }: Understanding): readonly string[] {
  return neverTakes ? (text.match(neverTakes) ?? []) : [];
}

/** The message without it, letter for letter, so that the places of what was recognised stay true. */
export function blanked(service: Service, understanding: Understanding): Understanding {
  const words = privateWords(service, understanding);
  if (words.length === 0) return understanding;
  const text = words.reduce((rest, word) => rest.replaceAll(word, BLANK.repeat(word.length)), understanding.text);
  const entities = understanding.entities.filter(({ start, end }) => !text.slice(start, end).includes(BLANK));
  return { ...understanding, text, entities };
}

/** The same input, blanked, and the words that were; undefined where there was nothing to blank. */
export function blankedInput(
  service: Service,
  input: FormInput,
): { readonly input: FormInput; readonly words: readonly string[] } | undefined {
  if (input.kind !== 'begin' && input.kind !== 'say') return undefined;
  const { understanding } = input;
  const words = understanding ? privateWords(service, understanding) : [];
  if (!understanding || words.length === 0) return undefined;
  return { input: { ...input, understanding: blanked(service, understanding) }, words };
}
