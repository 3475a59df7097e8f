import { type Answer, type Form, type Known, look, type Progress, saying } from './form';
import type { Effect, EpochMs, Json, Say } from './ports';
import { afterQuiet } from './quietHours';
import { run, valueIn } from './rules';
import { dedupeKeyOf, type Outcome, type Rule, type Service } from './service';
import type { Contact } from './slots';
import { offerChoices, own, YES_NO } from './wording';

/** Submitting, and the offer of updates after the reference. */

/** Runs the service's `submit` and says its ending. A form that has its reference is never submitted again. */
export function submit(service: Service, progress: Progress, known: Known): Progress {
  const { form } = progress;
  if (form.reference !== undefined)
    return { ...progress, form: { ...form, phase: { at: 'done' } }, done: { how: 'submitted' } };
  const ran = run(service.submit as Rule<never, Outcome<string>>, service, form, known, true);
  if (!('value' in ran)) throw new Error(`${service.id}: submit cannot run`);
  const outcome = ran.value;
  const key = outcome.open && keyOf(service, form, known);
  const same = key && !service.isExclusive ? openCase(key, known) : undefined;
  if (same) return alreadyOpen(service, progress, known, same);
  const reference =
    outcome.follow ?? (outcome.open && String(look(known, { need: 'reference', letters: service.letters })));
  const offers = outcome.offers ?? [];
  const params = { ...outcome.params, ...(reference && { reference }) };
  const effects = [
    ...casesOf(service, form, known, outcome, reference),
    ...(outcome.open && reference ? followUpOf(service, form, known, reference) : []),
    ...(outcome.effects ?? []),
  ];
  const closed: Form = { ...form, answers: { ...form.answers, ...carried(outcome) }, ...(reference && { reference }) };
  const done = saying(
    { ...progress, form: closed, effects: [...progress.effects, ...effects] },
    own(service, closed, known, `done.${outcome.ending}`, params, offerChoices(service, known, offers)),
  );
  if (offers.length > 0) return { ...done, form: { ...closed, phase: { at: 'offered', offers } } };
  return afterwards(service, done, known);
}

function carried({ carry = {} }: Outcome<string>): Form['answers'] {
  const answers = Object.entries(carry).map(([name, value]): [string, Answer] => [
    name,
    { value, words: '', source: 'verified' },
  ]);
  return Object.fromEntries(answers);
}

/** The question that is asked when the next step falls due; by text not at night. */
function followUpOf(service: Service, form: Form, known: Known, reference: string): readonly Effect[] {
  type Later =
    | { readonly at: EpochMs; readonly answers: { readonly [slot: string]: Json }; readonly reference?: string }
    | undefined;
  const ran = service.followUp && run(service.followUp as Rule<never, Later>, service, form, known, true);
  if (!ran || !('value' in ran) || !ran.value) return [];
  const { at, answers, reference: slot } = ran.value;
  const all = { ...answers, ...(slot && { [slot]: reference }) };
  const given = Object.entries(all).map(([name, value]) => [name, { value, words: '', source: 'verified' }]);
  const value = { service: service.id, reference, answers: Object.fromEntries(given) } as const;
  const due = known.channel === 'web' ? at : afterQuiet(at);
  return [{ kind: 'set-timer', name: `follow-up:${reference}`, at: due, value }];
}

/** Undefined: every report is one of its own. */
function keyOf(service: Service, form: Form, known: Known): string | undefined {
  const ran = service.dedupeKey && run(service.dedupeKey as Rule<never, readonly string[]>, service, form, known, true);
  return ran && 'value' in ran ? dedupeKeyOf(service.id, ...ran.value) : undefined;
}

interface Same {
  readonly reference: string;
  readonly openedAt: EpochMs;
}

const openCase = (key: string, known: Known): Same | undefined =>
  (look(known, { need: 'open-case', key }) ?? undefined) as unknown as Same | undefined;

/** Somebody else has reported it, perhaps while this resident was still answering: what no rule of the service has noticed. */
function alreadyOpen(service: Service, progress: Progress, known: Known, { reference, openedAt }: Same): Progress {
  const offers = ['follow', 'person'];
  const params = { since: { moment: openedAt } } as const;
  const form: Form = { ...progress.form, phase: { at: 'stopped', reason: 'alreadyOpen', offers, follow: reference } };
  const choices = offerChoices(service, known, offers);
  return saying({ ...progress, form }, { text: 'common:alreadyOpen', params, choices });
}

/** Updates are offered once there is something to be updated about; else the form is over. */
export function afterwards(service: Service, progress: Progress, known: Known): Progress {
  const { form } = progress;
  if (form.reference === undefined || service.contact === 'no' || known.quiet) return over(progress);
  const say: Say = known.phone
    ? { text: 'common:contact.askKnown', choices: YES_NO }
    : { text: 'common:contact.ask', choices: [{ value: 'no', label: 'common:offer.none' }] };
  return saying({ ...progress, form: { ...form, phase: { at: 'contact' } } }, say);
}

export function over(progress: Progress, ...says: readonly Say[]): Progress {
  return saying(
    { ...progress, form: { ...progress.form, phase: { at: 'done' } }, done: { how: 'submitted' } },
    ...says,
  );
}

export function giveContact(progress: Progress, contact: Contact): Progress {
  const { reference } = progress.form;
  const effect: readonly Effect[] = reference ? [{ kind: 'contact-for-case', reference, contact: contact.value }] : [];
  const thanked: Say = {
    text: `common:contact.${contact.kind}`,
    params: { contact: contact.value, reference: reference ?? '' },
  };
  return over({ ...progress, effects: [...progress.effects, ...effect] }, thanked);
}

function casesOf(
  service: Service,
  form: Form,
  known: Known,
  outcome: Outcome<string>,
  reference: string | undefined,
): readonly Effect[] {
  if (!reference) return [];
  const answers = answersOf(service, form);
  if (outcome.follow)
    return [{ kind: 'follow-case', reference, answers, ...(outcome.raise && { raise: outcome.raise }) }];
  const { place, position, dueAt, facts } = outcome.open ?? {};
  return [
    {
      kind: 'open-case',
      reference,
      service: service.id,
      dedupeKey: keyOf(service, form, known) ?? dedupeKeyOf(service.id, reference),
      answers,
      facts: facts ?? {},
      ...(place !== undefined && { place }),
      ...(position && { position }),
      ...(dueAt !== undefined && { dueAt }),
    },
  ];
}

export function answersOf(service: Service, form: Form): { readonly [slot: string]: Json } {
  const values = Object.keys(service.slots).map((name): [string, Json | undefined] => [
    name,
    valueIn(service, form, name),
  ]);
  return Object.fromEntries(values.filter((pair): pair is [string, Json] => pair[1] !== undefined));
}
