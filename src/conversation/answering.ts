import { answered, type Harvest, harvest, listed, taken } from './answers';
import { plain } from './commands';
import { type Form, type Known, type Progress, quiet, type Said, saying } from './form';
import type { Understanding } from './ports';
import { proceed } from './proceed';
import { belongsElsewhere, isOwnChoices } from './reading/elsewhere';
import { read } from './reading/read';
import type { Given, Read } from './reading/reading';
import { AS_IT_IS, refuse, takenAsItIs } from './refusing';
import { repair } from './repair';
import { optionsOf } from './rules';
import type { Service } from './service';
import { rephrased } from './wording';

/** An answer to the question that was asked, or to another one. */

/** Questions that a bare no leaves out, where they may be left out. */
const LEFT_OUT_BY_NO: ReadonlySet<string> = new Set(['text', 'pattern', 'date', 'contact', 'number', 'photo']);

export function answering(service: Service, form: Form, slot: string, input: Said, known: Known): Progress | undefined {
  if (input.chosen === AS_IT_IS) {
    const stays = takenAsItIs(form);
    return stays && proceed(service, stays, known);
  }
  const is = service.slots[slot];
  if (is?.isOptional && input.command === 'no' && LEFT_OUT_BY_NO.has(is.is.kind))
    return repair(service, form, known, 'skip', slot);
  if (input.correcting || (!input.chosen && belongsElsewhere(service, slot, input.understanding))) {
    const corrected = correct(service, form, input, known);
    if (corrected) return corrected;
  }
  // No street is called "a mattress and a fridge".
  if ((is?.is.kind === 'place' || is?.is.kind === 'address') && isOwnChoices(service, input.understanding))
    return saying(quiet(form), rephrased(service, form, known, slot));
  const result = read(service, form, known, slot, givenBy(service, form, slot, input, known));
  if ('unread' in result) return correct(service, form, input, known);
  if ('invalid' in result)
    return refuse(service, quiet(taken(form, slot, result, '').form), known, { slot, say: result.invalid });
  return answeredBy(service, form, slot, input, known, result);
}

function answeredBy(
  service: Service,
  form: Form,
  slot: string,
  input: Said,
  known: Known,
  result: Exclude<Read, { readonly unread: true }>,
): Progress {
  const kind = service.slots[slot]?.is.kind;
  const { form: next, say } = taken(form, slot, result, input.understanding.text);
  // A story told as the answer holds as much as one that is told at once; other free words answer one question.
  const isStory = slot === service.opening?.slot;
  const free = (kind === 'text' && !isStory) || (kind === 'number' && !namesPlace(input)) || input.chosen !== undefined;
  const more = free ? { form: next, took: [] } : harvest(service, next, known, input.understanding, false, slot);
  if (say) return saying(quiet({ ...more.form, misses: 0 }), say);
  const onward = proceed(service, quiet(more.form), known);
  if (onward.form.phase.at === 'stopped' && respells(input.understanding))
    return understood(service, onward, known, [slot]);
  if (onward.form.phase.at !== 'asking') return onward;
  if (isStory && service.opening?.readBack !== false) return understood(service, onward, known, more.took);
  return kind === 'date' ? understood(service, onward, known, [slot]) : onward;
}

/** The number that was asked for is no house number, unless the rest of an address stands beside it. */
const namesPlace = ({ understanding }: Said): boolean =>
  understanding.entities.some((entity) => entity.kind === 'postcode' || entity.kind === 'street');

/** A street was spelt in another way than the gazetteer's: where no summary follows, that one is read back. */
function respells({ entities }: Understanding): boolean {
  return entities.some(({ kind, value, text }) => kind === 'street' && plain(value) !== plain(text));
}

/** A yes takes the only one of what is offered to pick from, a no takes none of them. */
function givenBy(service: Service, form: Form, slot: string, input: Said, known: Known): Given {
  const options = service.slots[slot]?.is.kind === 'pick' ? optionsOf(service, form, known, slot) : undefined;
  const only = input.command === 'yes' && options?.length === 1 ? options[0]?.value : undefined;
  const chosen = input.chosen ?? only ?? (options && input.command === 'no' ? 'none' : undefined);
  return {
    understanding: input.understanding,
    whole: true,
    ...(chosen && { chosen }),
    ...(input.command === 'yes' && { yes: true }),
    ...(input.command === 'no' && { yes: false }),
    ...(input.command === 'dont-know' && { dontKnow: true }),
    ...(input.correcting && { correcting: true }),
    ...(input.position && { position: input.position }),
    ...(input.photo && { photo: input.photo }),
  };
}

const EMAIL = /^[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)+$/;

/** "no, it is jane@example.org" replaces an email address that was given in free words. */
function newEmail(service: Service, form: Form, { understanding }: Said, asked: string | undefined): Harvest {
  const email = understanding.entities.find(({ kind }) => kind === 'email')?.value;
  const slot = Object.keys(service.slots).find(
    (name) =>
      name !== asked && service.slots[name]?.is.kind === 'text' && EMAIL.test(String(form.answers[name]?.value)),
  );
  if (!email || !slot || form.answers[slot]?.value === email) return { form, took: [] };
  const words = understanding.text;
  return { form: answered(form, slot, { value: email, words, source: 'said' }), took: [slot] };
}

/** Words that fit another slot than the one asked, or an answer given before, replace what was understood. */
export function correct(service: Service, form: Form, input: Said, known: Known): Progress | undefined {
  const asked = form.phase.at === 'asking' ? form.phase.slot : undefined;
  const harvested = harvest(service, form, known, input.understanding, true, asked);
  const { form: next, took, refused } = harvested.form === form ? newEmail(service, form, input, asked) : harvested;
  if (refused) return saying(quiet(form), refused);
  if (next === form) return undefined;
  const onward = proceed(service, quiet(next), known);
  if (onward.form.phase.at !== 'asking') return onward;
  // The same question again must show that what was said was heard.
  return understood(service, onward, known, took, onward.form.phase.slot === asked);
}

/** What was understood is read back before the next question; the summary is a read-back itself. */
export function understood(
  service: Service,
  progress: Progress,
  known: Known,
  names: readonly string[],
  isRepeated = false,
): Progress {
  const kept = names.filter((name) => isWorthSaying(service, progress.form, name, isRepeated));
  if (kept.length === 0) return progress;
  return {
    ...progress,
    says: [
      { text: 'common:understood', params: { items: listed(service, progress.form, known, kept) } },
      ...progress.says,
    ],
  };
}

/** What is taken anyway, is none of what was found, was chosen from a button just now, or is a number as it was typed, needs no read-back. */
function isWorthSaying(service: Service, form: Form, name: string, isRepeated: boolean): boolean {
  const answer = form.answers[name];
  const kind = service.slots[name]?.is.kind;
  if (kind === 'pattern' && !isRepeated) return false;
  if (kind === 'pick' && answer?.value === 'none') return false;
  return answer !== undefined && answer.words !== '' && answer.value !== service.slots[name]?.fallback;
}
