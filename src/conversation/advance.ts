import { answering, correct, understood } from './answering';
import { answered, harvest, isOut, withdrawn } from './answers';
import { withAsks } from './asks';
import { blankedInput } from './blanking';
import { giveContact, over, submit } from './ending';
import {
  type Form,
  type FormInput,
  type Known,
  type Progress,
  quiet,
  type Said,
  type Step,
  saying,
  Wanted,
} from './form';
import { chooseOffer } from './offers';
import type { Effect } from './ports';
import { proceed } from './proceed';
import { afterQuiet } from './quietHours';
import { NOTHING } from './reading/reading';
import { readContact } from './reading/values';
import { again, askWhatToChange, blank, isComplete, left, misread, repair, resumeSay, startOver } from './repair';
import { contextOf } from './rules';
import type { Service } from './service';

/**
 * One step of a form: pure and synchronous. Where something must be found out first it answers `needs` and is to be called
 * again, with the same state and input and what was found in `known`.
 */
export function advance(service: Service, state: Form | undefined, input: FormInput, known: Known): Step {
  const form = state ?? blank(service, '', known.now);
  try {
    const progress = stepBlanked(service, form, input, known);
    if (!progress) return { unread: true };
    const { form: next, done } = progress;
    const says = done ? progress.says : withAsks(service, next, progress.says, known);
    const effects = [...progress.effects, ...watched(service, progress, known)];
    return { state: { ...next, lastAt: known.now }, says, effects, ...(done && { done }) };
  } catch (signal) {
    if (signal instanceof Wanted) return { needs: [signal.need], during: signal.during ?? form };
    throw signal;
  }
}

/** Nobody has to press "send" for what the law takes as sent. */
function watched(service: Service, { form, done }: Progress, known: Known): readonly Effect[] {
  if (!service.submitOnLeave || done || !isComplete(service, form, known)) return [];
  const at = known.now + LEFT_MS;
  return [{ kind: 'set-timer', name: SUBMIT_LEFT, at: known.channel === 'web' ? at : afterQuiet(at) }];
}

const LEFT_MS = 3_600_000;
/** The timer of a form that is submitted when nothing more comes. */
export const SUBMIT_LEFT = 'submit-left';

/** Says that something was not taken, before what there is to say of the rest. */
function stepBlanked(service: Service, form: Form, input: FormInput, known: Known): Progress | undefined {
  const rest = blankedInput(service, input);
  if (!rest) return step(service, form, input, known);
  const progress = step(service, form, rest.input, known) ?? again(service, quiet(form), known);
  return {
    ...progress,
    says: [{ text: `${service.id}:neverTaken` }, ...progress.says],
    effects: [{ kind: 'blank-words', words: rest.words }, ...progress.effects],
  };
}

function step(service: Service, form: Form, input: FormInput, known: Known): Progress | undefined {
  switch (input.kind) {
    case 'begin':
      return begin(service, input, known);
    case 'misread':
      return misread(service, form, known);
    case 'again': {
      const back = { text: 'common:resumed', params: { title: { label: `${service.id}:title` } } } as const;
      return again(service, input.unannounced ? quiet(form) : saying(quiet(form), back), known);
    }
    case 'resume':
      if (input.agreed) return proceed(service, quiet({ ...form, facts: [] }), known);
      return saying(quiet({ ...form, phase: resumed(input), facts: [] }), resumeSay(service));
    case 'left': {
      if (!isComplete(service, form, known)) return quiet(form);
      return left(service, saying(quiet(form), { text: 'common:leave.sent' }), { ...known, now: form.lastAt }, true);
    }
    case 'say':
      return said(service, form, input, known);
  }
}

function begin(service: Service, input: Extract<FormInput, { readonly kind: 'begin' }>, known: Known): Progress {
  const understanding = input.understanding ?? NOTHING;
  const empty = blank(service, understanding.text, known.now);
  const shared = Object.entries(input.answers ?? {}).filter(([name]) => service.slots[name]);
  const given = shared.reduce((form, [name, answer]) => answered(form, name, answer), empty);
  const {
    form: harvested,
    took,
    refused,
  } = harvest(service, opened(service, given, understanding.text, known), known, understanding, false);
  const form = withoutStory(service, harvested, known);
  const names =
    service.opening?.readBack === false
      ? []
      : [...shared.map(([name]) => name), ...took, ...(service.opening ? [service.opening.slot] : [])];
  const next = proceed(service, refused ? saying(quiet(form), refused) : quiet(form), known);
  return next.form.phase.at === 'asking' ? understood(service, next, known, names) : next;
}

/** Where the story turns out to be about something else, it answers no question; what is never read back is only looked into. */
function withoutStory(service: Service, form: Form, known: Known): Form {
  if (service.opening?.readBack === false) return form;
  const slot = service.opening?.slot;
  return slot && form.answers[slot] && isOut(service, form, known, slot) ? withdrawn(service, form, slot) : form;
}

/** The first message is itself an answer where it says enough. */
function opened(service: Service, form: Form, words: string, known: Known): Form {
  const { opening } = service;
  if (
    !opening ||
    words === '' ||
    form.answers[opening.slot] ||
    !opening.saysEnough(words, contextOf(service, form, known))
  )
    return form;
  return answered(form, opening.slot, { value: words, words, source: 'said' });
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

function confirming(service: Service, form: Form, input: Said, known: Known): Progress | undefined {
  if (input.chosen === 'yes' || input.command === 'yes') {
    // Facts were fetched anew for this: what has changed meanwhile stops it here.
    const checked = proceed(service, quiet(form), known);
    return checked.form.phase.at === 'summary' ? submit(service, quiet(form), known) : checked;
  }
  if (input.chosen === 'change') return askWhatToChange(service, form, known);
  const corrected = correct(service, form, input, known);
  if (corrected) return corrected;
  return input.command === 'no' || input.correcting ? askWhatToChange(service, form, known) : undefined;
}

function changing(service: Service, form: Form, input: Said, known: Known): Progress | undefined {
  const [kind, slot] = (input.chosen ?? '').split(':', 2);
  if (kind === 'change') return repair(service, form, known, 'change', slot);
  if (input.slot) return repair(service, form, known, 'change', input.slot);
  const nothing = input.command === 'no' || input.command === 'go-on' || input.command === 'skip';
  if (nothing) return proceed(service, quiet(form), known);
  return correct(service, form, input, known);
}

function offered(
  service: Service,
  form: Form,
  offers: readonly string[],
  input: Said,
  known: Known,
): Progress | undefined {
  // "I can add you": a yes takes what is offered first; what would be changed must be named.
  const [first] = offers;
  const yes = input.command === 'yes' && !first?.startsWith('change:') ? first : undefined;
  const offer = input.chosen ?? yes ?? (input.command === 'no' ? 'none' : undefined);
  // An "ok" to what cannot be affirmed takes note of it.
  if (offer === 'none' || (!offer && input.command === 'yes')) return chooseOffer(service, quiet(form), known, 'none');
  if (offer?.startsWith('change:')) return repair(service, form, known, 'change', offer.slice(7));
  if (offer && offers.includes(offer)) return chooseOffer(service, quiet(form), known, offer);
  return form.reference ? undefined : correct(service, form, input, known);
}

function leaving(service: Service, form: Form, input: Said, known: Known): Progress | undefined {
  if (input.chosen === 'keep' || input.command === 'yes') return left(service, quiet(form), known, true);
  if (input.chosen === 'drop' || input.command === 'no') return left(service, quiet(form), known, false);
  return input.chosen === 'go-on' || input.command === 'go-on' ? proceed(service, quiet(form), known) : undefined;
}

function resuming(service: Service, form: Form, input: Said, known: Known): Progress | undefined {
  if (input.chosen === 'go-on' || input.command === 'yes' || input.command === 'go-on')
    return resumedWith(service, form, known);
  if (input.chosen === 'start-over') return startOver(service, form, known);
  if (input.chosen === 'drop' || input.command === 'no') return left(service, quiet(form), known, false);
  return correct(service, form, input, known);
}

const resumed = ({ said: held }: Extract<FormInput, { readonly kind: 'resume' }>): Form['phase'] => ({
  at: 'resuming',
  ...(held && { said: held }),
});

/** Goes on where the form was left, and with what was said on coming back, if it answers that. */
function resumedWith(service: Service, form: Form, known: Known): Progress {
  const held = form.phase.at === 'resuming' ? form.phase.said : undefined;
  const next = proceed(service, quiet(form), known);
  return (held && next.form.phase.at === 'asking' && said(service, next.form, held, known)) || next;
}

function contacting(form: Form, input: Said, known: Known): Progress | undefined {
  if (known.phone && (input.command === 'yes' || input.chosen === 'yes'))
    return giveContact(quiet(form), { kind: 'phone', value: known.phone });
  if (input.command === 'no' || input.chosen === 'no' || input.command === 'skip')
    return over(quiet(form), { text: 'common:contact.none', params: { reference: form.reference ?? '' } });
  const contact = readContact({ understanding: input.understanding, whole: true }, { known, partial: undefined });
  if ('value' in contact)
    return giveContact(quiet(form), contact.value as unknown as Parameters<typeof giveContact>[1]);
  return input.command === 'yes' ? saying(quiet(form), { text: 'common:contact.which' }) : undefined;
}
