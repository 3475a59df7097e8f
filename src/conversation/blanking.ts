import type { FormInput } from './form';
import type { Understanding } from './ports';
import type { Service } from './service';

const DOT = '•';

/** The message without what the service never takes (`neverTakes`); undefined where there is no such thing in it. */
export function blanked(service: Service, understanding: Understanding): Understanding | undefined {
  const { neverTakes } = service;
  if (!neverTakes) return undefined;
  // Letter for letter, so that the places of what was recognised stay true.
  const text = understanding.text.replace(neverTakes, (private_) => DOT.repeat(private_.length));
  if (text === understanding.text) return undefined;
  const entities = understanding.entities.filter(({ start, end }) => !text.slice(start, end).includes(DOT));
  return { ...understanding, text, entities };
}

/** The same input, blanked; undefined where there was nothing to blank. */
export function blankedInput(service: Service, input: FormInput): FormInput | undefined {
  if (input.kind !== 'begin' && input.kind !== 'say') return undefined;
  const understanding = input.understanding && blanked(service, input.understanding);
  return understanding && { ...input, understanding };
}
