import type { Answer, Form, Known } from './form';
import type { Json, Param, Say, Understanding } from './ports';
import { read } from './reading/read';
import type { Given, Read } from './reading/reading';
import { isAsked, run } from './rules';
import type { Finding, Rule, Service } from './service';
import { noted, own } from './wording';

/** Puts answers into a form and takes them out again. */

const omit = <T>(record: { readonly [name: string]: T }, ...names: readonly string[]): { readonly [name: string]: T } =>
  Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)));

export function answered(form: Form, name: string, answer: Answer): Form {
  const order = [...form.order.filter((each) => each !== name), name];
  return {
    ...form,
    answers: { ...form.answers, [name]: answer },
    partials: omit(form.partials, name),
    order,
    misses: 0,
  };
}

/** Picked from what was found for the other answers. */
function isFound(service: Service, name: string): boolean {
  const is = service.slots[name]?.is;
  return is?.kind === 'pick' && !is.byName;
}

/** Takes one answer back, and with it what was decided on its ground: picks and overridden stops. */
export function withdrawn(service: Service, form: Form, name: string): Form {
  const picks = Object.keys(service.slots).filter((each) => isFound(service, each));
  // What stands before the answer was not found for it.
  const order = Object.keys(service.slots);
  const gone = [name, ...picks.filter((each) => order.indexOf(each) > order.indexOf(name))];
  return {
    ...form,
    answers: omit(form.answers, ...gone),
    partials: omit(form.partials, ...gone),
    order: form.order.filter((each) => !gone.includes(each)),
    // An answer left as it is stays so when another one changes.
    overrides: form.overrides.filter((each) => each.includes('.') && !each.startsWith(`${name}.`)),
  };
}

/** Takes a reading of a slot into the form. `say` is there when something is to be said about it instead of going on. */
export function taken(
  form: Form,
  name: string,
  result: Read,
  words: string,
): { readonly form: Form; readonly say?: Say; readonly took: boolean } {
  if ('value' in result)
    return { form: answered(form, name, { value: result.value, words, source: result.source }), took: true };
  if ('partial' in result)
    return { form: { ...form, partials: { ...form.partials, [name]: result.partial } }, say: result.say, took: false };
  if ('invalid' in result)
    return {
      form: {
        ...form,
        partials: result.keep === undefined ? omit(form.partials, name) : { ...form.partials, [name]: result.keep },
      },
      say: result.invalid,
      took: false,
    };
  return { form, took: false };
}

export interface Harvest {
  readonly form: Form;
  /** Slots that got a value, in the service's order. */
  readonly took: readonly string[];
  /** Why something that was said cannot be taken. */
  readonly refused?: Say;
}

/** Fills every slot that is open (or, `over`, also answered) with what was recognised in a message. */
export function harvest(
  service: Service,
  form: Form,
  known: Known,
  understanding: Understanding,
  over: boolean,
  skip?: string,
): Harvest {
  const given: Given = { understanding, whole: false };
  const names = Object.keys(service.slots).filter((name) => name !== skip && (over || !form.answers[name]));
  // A day that was told answers no question that does not belong to the form.
  const isIdle = (sofar: Form, name: string): boolean =>
    service.slots[name]?.is.kind === 'date' && isOut(service, sofar, known, name);
  return names.reduce<Harvest>(
    (sofar, name) => {
      if (isIdle(sofar.form, name)) return sofar;
      const result = read(
        service,
        { ...sofar.form, partials: partialsFor(sofar.form, name, over) },
        known,
        name,
        given,
      );
      if ('unread' in result || !changes(sofar.form, name, result)) return sofar;
      const base = over && sofar.form.answers[name] ? withdrawn(service, sofar.form, name) : sofar.form;
      const rest = 'invalid' in result ? base : alone(service, base, name);
      const { form: next, say, took } = taken(rest, name, result, understanding.text);
      const refused = 'invalid' in result ? say : sofar.refused;
      return { form: next, took: took ? [...sofar.took, name] : sofar.took, ...(refused && { refused }) };
    },
    { form, took: [] },
  );
}

/** The form's own answers say that a question is not asked. */
export function isOut(service: Service, form: Form, known: Known, name: string): boolean {
  const rule = service.askIf?.[name];
  const ran = rule && run(rule as Rule<never, boolean>, service, form, known);
  return ran !== undefined && 'value' in ran && !ran.value;
}

/** Without the other answer to the same thing (`insteadOf`). */
function alone(service: Service, form: Form, name: string): Form {
  const other = service.insteadOf?.[name];
  return other !== undefined && form.answers[other] ? withdrawn(service, form, other) : form;
}

/** A correction such as "number 16" keeps the postcode of the address it corrects. */
function partialsFor(form: Form, name: string, over: boolean): Form['partials'] {
  const value = form.answers[name]?.value;
  if (!over || typeof value !== 'object' || value === null || !('postcode' in value)) return form.partials;
  return { ...form.partials, [name]: { postcode: value.postcode as Json } };
}

function changes(form: Form, name: string, result: Read): boolean {
  const before = form.answers[name]?.value;
  return !('value' in result) || JSON.stringify(before) !== JSON.stringify(result.value);
}

export interface Refusal {
  readonly form: Form;
  readonly slot: string;
  readonly say: Say;
  readonly mayStay?: { readonly answer: Answer; readonly reason: string };
}

/** The first rule that refuses an answer: the answer is taken back, and why is said. */
export function refusal(service: Service, form: Form, known: Known): Refusal | undefined {
  for (const [slot, reasons] of Object.entries(service.rejectIf ?? {})) {
    const answer = form.answers[slot];
    if (!answer || answer.value === null) continue;
    for (const [reason, rejection] of Object.entries(reasons ?? {})) {
      if (form.overrides.includes(`${slot}.${reason}`)) continue;
      const rule = typeof rejection === 'function' ? rejection : rejection.when;
      const ran = run(rule as Rule<never, Finding>, service, form, known);
      if (!('value' in ran) || !ran.value) continue;
      return {
        form: withdrawn(service, form, slot),
        slot,
        say: own(service, form, known, `${slot}.reject.${reason}`, ran.value),
        ...(typeof rejection !== 'function' && { mayStay: { answer, reason } }),
      };
    }
  }
  return undefined;
}

/** Some answers as a list to read back. */
export function listed(service: Service, form: Form, known: Known, names: readonly string[]): Param {
  const items = names.flatMap((name) => {
    const value = form.answers[name]?.value;
    return value === null || value === undefined ? [] : [noted(service, known, name, value)];
  });
  return { list: items };
}

/** Something was picked, not "none of these". */
const isPicked = ({ answers }: Form, name: string): boolean => (answers[name]?.value ?? 'none') !== 'none';

/** An answer to a question that is asked only sometimes, and not now, is of no use. */
export const belongs = (service: Service, form: Form, known: Known, name: string): boolean =>
  !service.askIf?.[name] || isAsked(service, form, known, name);

/** Slots the resident may change: those that were answered or belong to the form. */
export function changeable(service: Service, form: Form, known: Known): readonly string[] {
  return Object.keys(service.slots).filter(
    (name) =>
      !(service.opening?.slot === name && service.opening.readBack === false && !isAsked(service, form, known, name)) &&
      (service.slots[name]?.is.kind !== 'pick' || isPicked(form, name)) &&
      ((form.answers[name] !== undefined && belongs(service, form, known, name)) ||
        isAsked(service, form, known, name)),
  );
}
