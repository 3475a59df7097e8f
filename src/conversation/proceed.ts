import { answered, refusal } from './answers';
import { submit } from './ending';
import { type Form, type Known, type Progress, saying } from './form';
import type { Say } from './ports';
import { refuse } from './refusing';
import { isAsked, optionsOf, run } from './rules';
import type { Finding, Rule, Service } from './service';
import { offerChoices, own, question } from './wording';

/** Goes on from the answers a form has: a refusal, a stop, the next question, the summary, or the end. */
export function proceed(service: Service, progress: Progress, known: Known): Progress {
  const refused = refusal(service, progress.form, known);
  if (refused) return refuse(service, { ...progress, form: refused.form }, known, refused);
  const { refused: _, ...form } = progress.form;
  return stopped(service, { ...progress, form }, known) ?? next(service, { ...progress, form }, known);
}

function stopped(service: Service, progress: Progress, known: Known): Progress | undefined {
  const { form } = progress;
  for (const [reason, stop] of Object.entries(service.stopIf ?? {})) {
    if (form.overrides.includes(reason)) continue;
    const ran = run(stop.when as Rule<never, Finding>, service, form, known);
    if (!('value' in ran) || !ran.value) continue;
    const offers = offersOf(service, form, known, stop.offers);
    const say = own(service, form, known, `stop.${reason}`, ran.value, offerChoices(service, known, offers));
    const closed: Progress = offers.length === 0 ? { ...progress, done: { how: 'stopped' } } : progress;
    return saying({ ...closed, form: { ...form, phase: { at: 'stopped', reason, offers } } }, say);
  }
  return undefined;
}

type Offers = NonNullable<NonNullable<Service['stopIf']>[string]['offers']>;

function offersOf(service: Service, form: Form, known: Known, offers: Offers = []): readonly string[] {
  if (typeof offers !== 'function') return offers;
  const ran = run(offers as Rule<never, readonly string[]>, service, form, known, true);
  return 'value' in ran ? ran.value : [];
}

function next(service: Service, progress: Progress, known: Known): Progress {
  const { form } = progress;
  for (const [name, slot] of Object.entries(service.slots)) {
    const before = form.answers[name];
    if ((before && before.source !== 'assumed') || !isAsked(service, form, known, name)) continue;
    if (slot.is.kind !== 'pick') return ask(service, progress, known, name);
    const options = optionsOf(service, form, known, name);
    // There was nothing to pick from before: there may be now, when somebody else has reported it meanwhile.
    if (options === undefined || (before && options.length === 0)) continue;
    if (options.length > 0) return ask(service, progress, known, name);
    const without = { ...answered(form, name, { value: 'none', words: '', source: 'assumed' }), order: form.order };
    return proceed(service, { ...progress, form: without }, known);
  }
  return isConfirmed(service, form, known) ? summary(service, progress, known) : submit(service, progress, known);
}

function isConfirmed(service: Service, form: Form, known: Known): boolean {
  if (typeof service.summary !== 'function') return service.summary !== false;
  const ran = run(service.summary as Rule<never, boolean>, service, form, known, true);
  return !('value' in ran) || ran.value;
}

export function ask(service: Service, progress: Progress, known: Known, slot: string): Progress {
  const form: Form = { ...progress.form, phase: { at: 'asking', slot } };
  return saying({ ...progress, form }, question(service, form, known, slot));
}

export function summary(service: Service, progress: Progress, known: Known): Progress {
  const form: Form = { ...progress.form, phase: { at: 'summary' } };
  return saying({ ...progress, form }, summarySay(service, form, known));
}

function summarySay(service: Service, form: Form, known: Known): Say {
  return own(service, form, known, 'summary', undefined, [
    { value: 'yes', label: 'common:yes' },
    { value: 'change', label: 'common:choice.change' },
  ]);
}
