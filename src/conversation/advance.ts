import { answered, harvest, listed, taken } from './answers';
import { giveContact, over, submit } from './ending';
import { type Form, type FormInput, type Known, type Progress, quiet, type Step, saying, Wanted } from './form';
import { chooseOffer } from './offers';
import { proceed } from './proceed';
import { read } from './reading/read';
import { NOTHING } from './reading/reading';
import { readContact } from './reading/values';
import { again, askWhatToChange, blank, left, misread, repair, resumeSay, startOver } from './repair';
import type { Service } from './service';

type Said = Extract<FormInput, { readonly kind: 'say' }>;

/**
 * One step of a form: pure and synchronous. Where something must be found out first it answers `needs` and is to be called
 * again, with the same state and input and what was found in `known`.
 */
export function advance(service: Service, state: Form | undefined, input: FormInput, known: Known): Step {
  const form = state ?? blank(service, '', known.now);
  try {
    const progress = step(service, form, input, known);
    if (!progress) return { unread: true };
    const { says, effects, done } = progress;
    return { state: { ...progress.form, lastAt: known.now }, says, effects, ...(done && { done }) };
  } catch (signal) {
    if (signal instanceof Wanted) return { needs: [signal.need], during: signal.during ?? form };
    throw signal;
  }
}

function step(service: Service, form: Form, input: FormInput, known: Known): Progress | undefined {
  switch (input.kind) {
    case 'begin':
      return begin(service, input, known);
    case 'misread':
      return misread(service, form, known);
    case 'again':
      return again(
        service,
        saying(quiet(form), { text: 'common:resumed', params: { title: { label: `${service.id}:title` } } }),
        known,
      );
    case 'resume':
      return saying(quiet({ ...form, phase: { at: 'resuming' }, facts: [] }), resumeSay(service));
    case 'say':
      return said(service, form, input, known);
  }
}

function begin(service: Service, input: Extract<FormInput, { readonly kind: 'begin' }>, known: Known): Progress {
  const understanding = input.understanding ?? NOTHING;
  const empty = blank(service, understanding.text, known.now);
  const shared = Object.entries(input.answers ?? {}).filter(([name]) => service.slots[name]);
  const given = shared.reduce((form, [name, answer]) => answered(form, name, answer), empty);
  const { form, took, refused } = harvest(service, given, known, understanding, false);
  const names = [...shared.map(([name]) => name), ...took];
  const next = proceed(service, refused ? saying(quiet(form), refused) : quiet(form), known);
  return next.form.phase.at === 'asking' ? understood(service, next, names) : next;
}

/** What was understood is read back before the next question; the summary is a read-back itself. */
function understood(service: Service, progress: Progress, names: readonly string[]): Progress {
  const kept = names.filter((name) => isWorthSaying(service, progress.form, name));
  if (kept.length === 0) return progress;
  return {
    ...progress,
    says: [{ text: 'common:understood', params: { items: listed(service, progress.form, kept) } }, ...progress.says],
  };
}

/** What is taken anyway, or was chosen from a button just now, needs no read-back. */
function isWorthSaying(service: Service, form: Form, name: string): boolean {
  const answer = form.answers[name];
  return answer !== undefined && answer.words !== '' && answer.value !== service.slots[name]?.fallback;
}

function said(service: Service, form: Form, input: Said, known: Known): Progress | undefined {
  if (input.chosen === 'cmd:repeat-question') return again(service, quiet(form), known);
  const command = input.command;
  const repaired = command && repair(service, form, known, command, input.slot);
  if (repaired) return repaired;
  switch (form.phase.at) {
    case 'asking':
      return answering(service, form, form.phase.slot, input, known);
    case 'summary':
      return confirming(service, form, input, known);
    case 'changing':
      return changing(service, form, input, known);
    case 'stopped':
    case 'offered':
      return offered(service, form, form.phase.offers, input, known);
    case 'leaving':
      return leaving(service, form, input, known);
    case 'resuming':
      return resuming(service, form, input, known);
    case 'contact':
      return contacting(form, input, known);
    case 'done':
      return undefined;
  }
}

function answering(service: Service, form: Form, slot: string, input: Said, known: Known): Progress | undefined {
  if (input.correcting) {
    const corrected = correct(service, form, input, known);
    if (corrected) return corrected;
  }
  const given = {
    understanding: input.understanding,
    whole: true,
    ...(input.chosen && { chosen: input.chosen }),
    ...(input.command === 'yes' && { yes: true }),
    ...(input.command === 'no' && { yes: false }),
    ...(input.command === 'dont-know' && { dontKnow: true }),
    ...(input.position && { position: input.position }),
    ...(input.photo && { photo: input.photo }),
  };
  const kind = service.slots[slot]?.is.kind;
  const result = read(service, form, known, slot, given);
  if ('unread' in result) return correct(service, form, input, known);
  const { form: next, say } = taken(form, slot, result, input.understanding.text);
  const free = kind === 'text' || input.chosen !== undefined;
  const more = free ? { form: next } : harvest(service, next, known, input.understanding, false, slot);
  if (say) return saying(quiet({ ...more.form, misses: 0 }), say);
  const onward = proceed(service, quiet(more.form), known);
  return kind === 'date' && onward.form.phase.at === 'asking' ? understood(service, onward, [slot]) : onward;
}

/** Words that fit another slot than the one asked, or an answer given before, replace what was understood. */
function correct(service: Service, form: Form, input: Said, known: Known): Progress | undefined {
  const asked = form.phase.at === 'asking' ? form.phase.slot : undefined;
  const { form: next, took, refused } = harvest(service, form, known, input.understanding, true, asked);
  if (refused) return saying(quiet(form), refused);
  if (next === form) return undefined;
  const onward = proceed(service, quiet(next), known);
  return onward.form.phase.at === 'asking' ? understood(service, onward, took) : onward;
}

function confirming(service: Service, form: Form, input: Said, known: Known): Progress | undefined {
  if (input.chosen === 'yes' || input.command === 'yes') {
    // Facts were fetched anew for this: what has changed meanwhile stops it here.
    const checked = proceed(service, quiet(form), known);
    return checked.form.phase.at === 'summary' ? submit(service, quiet(form), known) : checked;
  }
  const corrected = correct(service, form, input, known);
  if (corrected) return corrected;
  return input.chosen === 'change' || input.command === 'no' || input.correcting
    ? askWhatToChange(service, form, known)
    : undefined;
}

function changing(service: Service, form: Form, input: Said, known: Known): Progress | undefined {
  const [kind, slot] = (input.chosen ?? '').split(':', 2);
  if (kind === 'change') return repair(service, form, known, 'change', slot);
  if (input.slot) return repair(service, form, known, 'change', input.slot);
  return correct(service, form, input, known);
}

function offered(
  service: Service,
  form: Form,
  offers: readonly string[],
  input: Said,
  known: Known,
): Progress | undefined {
  const [only] = offers;
  const yes = input.command === 'yes' && offers.length === 1 ? only : undefined;
  const offer = input.chosen ?? yes ?? (input.command === 'no' ? 'none' : undefined);
  if (offer === 'none') return chooseOffer(service, quiet(form), known, offer);
  if (offer?.startsWith('change:')) return repair(service, form, known, 'change', offer.slice(7));
  if (offer && offers.includes(offer)) return chooseOffer(service, quiet(form), known, offer);
  return form.reference ? undefined : correct(service, form, input, known);
}

function leaving(service: Service, form: Form, input: Said, known: Known): Progress | undefined {
  if (input.chosen === 'keep' || input.command === 'yes') return left(service, form, known, true);
  if (input.chosen === 'drop' || input.command === 'no') return left(service, form, known, false);
  return input.chosen === 'go-on' || input.command === 'go-on' ? proceed(service, quiet(form), known) : undefined;
}

function resuming(service: Service, form: Form, input: Said, known: Known): Progress | undefined {
  if (input.chosen === 'go-on' || input.command === 'yes' || input.command === 'go-on')
    return proceed(service, quiet(form), known);
  if (input.chosen === 'start-over') return startOver(service, form, known);
  if (input.chosen === 'drop' || input.command === 'no') return left(service, form, known, false);
  return correct(service, form, input, known);
}

function contacting(form: Form, input: Said, known: Known): Progress | undefined {
  if (known.phone && (input.command === 'yes' || input.chosen === 'yes'))
    return giveContact(quiet(form), { kind: 'phone', value: known.phone });
  if (input.command === 'no' || input.chosen === 'no' || input.command === 'skip')
    return over(quiet(form), { text: 'common:contact.none', params: { reference: form.reference ?? '' } });
  const contact = readContact(
    { kind: 'contact', accepts: 'either' },
    { understanding: input.understanding, whole: true },
    { known, partial: undefined },
  );
  if ('value' in contact)
    return giveContact(quiet(form), contact.value as unknown as Parameters<typeof giveContact>[1]);
  return input.command === 'yes' ? saying(quiet(form), { text: 'common:contact.which' }) : undefined;
}
