import { answered, belongs, changeable, withdrawn } from './answers';
import { over, submit } from './ending';
import { type Command, type Form, type Known, type Progress, quiet, saying } from './form';
import type { ChoiceSaid, Say, TextKey } from './ports';
import { ask, proceed, summary } from './proceed';
import { isAsked, optionsOf } from './rules';
import type { Service } from './service';
import { offerChoices, own, question, rephrased, YES_NO } from './wording';

/** Repair: what a resident may do to a form at any point, besides answering. Undefined: no repair here. */
export function repair(
  service: Service,
  form: Form,
  known: Known,
  command: Command,
  slot: string | undefined,
): Progress | undefined {
  switch (command) {
    case 'back':
      return back(service, form, known);
    case 'skip':
    case 'dont-know':
      return skip(service, form, known, command);
    case 'help':
      return why(service, form, known);
    case 'start-over':
      return form.reference ? over(quiet(form), { text: 'common:ended' }) : startOver(service, form, known);
    case 'stop':
      return leave(service, form, known);
    case 'change':
      return slot ? change(service, form, known, slot) : askWhatToChange(service, form, known);
    default:
      return undefined;
  }
}

/** A half-known answer is asked anew; else the last answer given to a question before the present one. */
function back(service: Service, form: Form, known: Known): Progress {
  const asked = form.phase.at === 'asking' ? form.phase.slot : undefined;
  if (asked && form.partials[asked] !== undefined)
    return ask(service, quiet(withdrawn(service, form, asked)), known, asked);
  const previous = form.order
    .filter((name) => isBefore(service, form, name, asked) && belongs(service, form, known, name))
    .at(-1);
  if (!previous && form.phase.at === 'summary') return askWhatToChange(service, form, known) ?? quiet(form);
  if (!previous || form.reference) return again(service, saying(quiet(form), { text: 'common:back.none' }), known);
  return ask(service, quiet(withdrawn(service, form, previous)), known, previous);
}

function isBefore(service: Service, form: Form, name: string, asked: string | undefined): boolean {
  const answer = form.answers[name];
  const slots = Object.keys(service.slots);
  const comesLater = asked !== undefined && slots.indexOf(name) > slots.indexOf(asked);
  return (
    answer !== undefined && answer.source !== 'assumed' && answer.value !== service.slots[name]?.fallback && !comesLater
  );
}

function skip(service: Service, form: Form, known: Known, command: 'skip' | 'dont-know'): Progress | undefined {
  if (form.phase.at !== 'asking') return undefined;
  const name = form.phase.slot;
  if (service.slots[name]?.isOptional)
    return proceed(service, quiet(answered(form, name, { value: null, words: '', source: 'said' })), known);
  if (command === 'dont-know') return undefined;
  return saying(quiet(form), { text: 'common:skip.not' }, question(service, form, known, name));
}

function why(service: Service, form: Form, known: Known): Progress {
  const general: Say = { text: form.phase.at === 'contact' ? 'common:contact.why' : 'common:help.form' };
  if (form.phase.at !== 'asking') return again(service, saying(quiet(form), general), known);
  const name = form.phase.slot;
  const own_ = known.has(`${service.id}:${name}.why`);
  const reason: Say = own_ ? own(service, form, known, `${name}.why`) : general;
  return saying(quiet(form), reason, rephrased(service, form, known, name));
}

export function blank(service: Service, ask_: string, now: number): Form {
  const phase = { at: 'summary' } as const;
  return {
    service: service.id,
    phase,
    answers: {},
    order: [],
    partials: {},
    facts: [],
    overrides: [],
    misses: 0,
    ask: ask_,
    lastAt: now,
  };
}

export function startOver(service: Service, form: Form, known: Known): Progress {
  return proceed(service, saying(quiet(blank(service, form.ask, known.now)), { text: 'common:startedOver' }), known);
}

function leave(service: Service, form: Form, known: Known): Progress {
  // Who says stop again leaves, and loses nothing by it.
  if (form.phase.at === 'leaving') return left(service, quiet(form), known, true);
  const kept = Object.entries(form.answers).some(
    ([name, { value }]) => value !== null && value !== service.slots[name]?.fallback,
  );
  if (form.reference || !kept)
    return { ...saying(quiet(form), { text: 'common:leave.done' }), done: { how: 'dropped' } };
  return saying({ ...quiet(form), form: { ...form, phase: { at: 'leaving' } } }, leaveSay(service, form, known));
}

/** Whoever has given what the law needs has made a request: then it is sent, or taken back. */
const leaveSay = (service: Service, form: Form, known: Known): Say =>
  isComplete(service, form, known) ? LEAVE_COMPLETE : LEAVE;

/** Everything is there that the service needs to be submitted by itself (`submitOnLeave`). */
export function isComplete(service: Service, form: Form, known: Known): boolean {
  const needed = service.submitOnLeave?.filter((name) => isAsked(service, form, known, name)) ?? [];
  return needed.length > 0 && form.reference === undefined && needed.every((name) => form.answers[name]?.value != null);
}

const LEAVE_COMPLETE: Say = {
  text: 'common:leave.complete',
  choices: [
    { value: 'keep', label: 'common:leave.send' },
    { value: 'drop', label: 'common:leave.drop' },
    { value: 'go-on', label: 'common:choice.goOn' },
  ],
};

const LEAVE: Say = {
  text: 'common:leave.ask',
  choices: [
    { value: 'keep', label: 'common:leave.keep' },
    { value: 'drop', label: 'common:leave.drop' },
    { value: 'go-on', label: 'common:choice.goOn' },
  ],
};

/** A form that is complete in law is submitted when it is left, unless the resident takes it back; others are kept or dropped. */
export function left(service: Service, progress: Progress, known: Known, keep: boolean): Progress {
  if (keep && isComplete(service, progress.form, known)) return submit(service, progress, known);
  const text = keep ? 'common:leave.kept' : 'common:leave.done';
  const hours = service.draftHours ?? 24;
  return { ...saying(progress, { text, params: { hours } }), done: { how: keep ? 'kept' : 'dropped' } };
}

/** A question that does not belong to the form, or a pick for which nothing was found, is not asked for being named. */
function mayAsk(service: Service, form: Form, known: Known, name: string): boolean {
  const slot = service.slots[name];
  if (slot?.is.kind === 'pick') return (optionsOf(service, form, known, name) ?? []).length > 0;
  return slot?.fallback !== undefined || slot?.isUnasked === true || changeable(service, form, known).includes(name);
}

function change(service: Service, form: Form, known: Known, slot: string): Progress | undefined {
  if (form.reference || !service.slots[slot]) return undefined;
  if (!mayAsk(service, form, known, slot)) return askWhatToChange(service, form, known);
  return ask(service, quiet(withdrawn(service, form, slot)), known, slot);
}

export function askWhatToChange(service: Service, form: Form, known: Known): Progress | undefined {
  if (form.reference) return undefined;
  const names = changeable(service, form, known);
  const choices = names.map((name): ChoiceSaid => ({ value: `change:${name}`, label: `${service.id}:${name}.name` }));
  return saying(quiet({ ...form, phase: { at: 'changing' } }), { text: 'common:change.what', choices });
}

/** Says again what the form waits for. */
export function again(service: Service, progress: Progress, known: Known): Progress {
  const { form } = progress;
  switch (form.phase.at) {
    case 'asking':
      return saying(progress, question(service, form, known, form.phase.slot));
    case 'summary':
      return summary(service, progress, known);
    case 'changing': {
      const asked = askWhatToChange(service, form, known);
      return asked ? saying(progress, ...asked.says) : progress;
    }
    case 'leaving':
      return saying(progress, leaveSay(service, form, known));
    case 'resuming':
      return saying(progress, resumeSay(service));
    case 'stopped':
    case 'offered':
      return saying(progress, { text: 'common:offer.which', choices: offerChoices(service, known, form.phase.offers) });
    case 'contact':
      return saying(progress, {
        text: known.phone ? 'common:contact.askKnown' : 'common:contact.ask',
        choices: known.phone ? YES_NO : [{ value: 'no', label: 'common:offer.none' }],
      });
    case 'done':
      return { ...progress, done: { how: 'submitted' } };
  }
}

export function resumeSay(service: Service): Say {
  const choices = [
    { value: 'go-on', label: 'common:choice.goOn' },
    { value: 'start-over', label: 'common:choice.startOver' },
    { value: 'drop', label: 'common:choice.stop' },
  ] as const;
  return { text: 'common:resume.ask', params: { title: { label: `${service.id}:title` } }, choices };
}

/** What a resident holds against a finding is for a person to judge, where one is offered. */
function unfit({ phase }: Form): TextKey {
  const isDisputed = (phase.at === 'stopped' || phase.at === 'offered') && phase.offers.includes('person');
  return isDisputed ? 'common:again.disputed' : 'common:again.offered';
}

/** First a rephrase with choices or an example, then a person is offered, each time in other words. */
export function misread(service: Service, form: Form, known: Known): Progress {
  const missed: Form = { ...form, misses: form.misses + 1 };
  if (missed.misses === 1) {
    const say = form.phase.at === 'asking' ? rephrased(service, form, known, form.phase.slot) : undefined;
    return say ? saying(quiet(missed), say) : again(service, saying(quiet(missed), { text: unfit(form) }), known);
  }
  const skips = form.phase.at === 'asking' && service.slots[form.phase.slot]?.isOptional;
  const skipChoice: readonly ChoiceSaid[] = skips ? [{ value: 'cmd:skip', label: 'common:choice.skip' }] : [];
  const choices: readonly ChoiceSaid[] = [
    { value: 'cmd:agent', label: 'common:offer.person' },
    ...skipChoice,
    { value: 'cmd:repeat-question', label: 'common:choice.tryAgain' },
    { value: 'cmd:stop', label: 'common:choice.stop' },
  ];
  return saying(quiet(missed), {
    text: missed.misses % 2 === 0 ? 'common:stuck' : 'common:stuck.still',
    params: { phone: known.settings.council.phone ?? '' },
    choices,
  });
}
