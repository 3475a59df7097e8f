import { type FactEntry, type Form, type Known, Wanted } from './form';
import type { Json } from './ports';
import type { PickOption, Rule, RuleContext, Service } from './service';
import type { Slot } from './slots';
import { namedIn } from './wordLists';

/** Runs the rules of a service on answers and facts, and finds out by itself what each of them reads. */

/** A rule named something that is not known yet (`answer`), or cannot be known now (`unavailable`). */
class Waiting extends Error {
  override readonly name = 'Waiting';
  readonly reason: 'answer' | 'unavailable';
  constructor(what: string, reason: Waiting['reason']) {
    super(what);
    this.reason = reason;
  }
}

export type Ran<T> = { readonly value: T } | { readonly waits: 'answer' | 'unavailable' };

/** The value a slot has now, if it has one: answered, or by default. */
export function valueIn(service: Service, form: Form, slot: string): Json | undefined {
  const answer = form.answers[slot];
  if (answer) return answer.value ?? undefined;
  const fallback = service.slots[slot]?.fallback;
  return fallback === undefined ? undefined : (fallback as Json);
}

const sameJson = (a: Json, b: Json): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The fact as looked up for the present answers. */
function factEntry(service: Service, form: Form, known: Known, name: string): FactEntry | undefined {
  return [...known.facts, ...form.facts].find(
    (entry) =>
      entry.name === name &&
      Object.entries(entry.reads).every(([slot, value]) => sameJson(value, valueIn(service, form, slot) ?? null)),
  );
}

/** Calls a rule; `lenient` reads what is missing as undefined instead of waiting for it. */
export function run<T>(rule: Rule<never, T>, service: Service, form: Form, known: Known, lenient = false): Ran<T> {
  try {
    const view = viewOf(service, form, known, lenient) as never;
    return { value: rule(view, contextOf(service, form, known)) };
  } catch (signal) {
    if (signal instanceof Waiting) return { waits: signal.reason };
    throw signal;
  }
}

/** Whether the question of a slot belongs to this form, as far as is known now. */
export function isAsked(service: Service, form: Form, known: Known, name: string): boolean {
  const rule = service.askIf?.[name];
  const slot = service.slots[name];
  if (!slot || slot.isUnasked) return false;
  if (!rule) return slot.fallback === undefined;
  const ran = run(rule as Rule<never, boolean>, service, form, known);
  return 'value' in ran ? ran.value : ran.waits === 'unavailable' && slot.fallback === undefined && !slot.isMaybe;
}

/** What a `pick` slot offers now; undefined while that cannot be known. */
export function optionsOf(service: Service, form: Form, known: Known, name: string): readonly PickOption[] | undefined {
  const rule = service.options?.[name];
  const ran = rule && run(rule as Rule<never, readonly PickOption[]>, service, form, known);
  if (!ran) return [];
  return 'value' in ran ? ran.value : ran.waits === 'unavailable' ? [] : undefined;
}

export function contextOf(service: Service, form: Form, known: Known): RuleContext {
  return {
    now: known.now,
    settings: known.settings,
    channel: known.channel,
    language: known.language,
    unavailable: (fact) => {
      const result = factEntry(service, form, known, fact)?.result;
      return result !== undefined && 'unavailable' in result;
    },
    names: (list, said) => namedIn(said, known.words?.(`${service.id}:words.${list}`) ?? []),
    overridden: (stop) => form.overrides.includes(stop),
  };
}

function viewOf(service: Service, form: Form, known: Known, lenient: boolean): object {
  const read = (name: string): unknown => {
    const slot = service.slots[name];
    return slot ? readSlot(slot, service, form, known, name, lenient) : readFact(service, form, known, name, lenient);
  };
  return new Proxy({}, { get: (_target, name) => (typeof name === 'string' ? read(name) : undefined) });
}

function readSlot(
  slot: Slot<unknown>,
  service: Service,
  form: Form,
  known: Known,
  name: string,
  lenient: boolean,
): unknown {
  const answer = form.answers[name];
  if (answer) return answer.value ?? undefined;
  if (lenient) return slot.fallback;
  if (isAsked(service, form, known, name)) throw new Waiting(name, 'answer');
  if (slot.fallback === undefined && !slot.isMaybe && !slot.isOptional) throw new Waiting(name, 'answer');
  return slot.fallback;
}

function readFact(service: Service, form: Form, known: Known, name: string, lenient: boolean): unknown {
  if (!service.facts?.[name as never]) return undefined;
  const entry = factEntry(service, form, known, name);
  if (!entry) throw new Wanted({ need: 'fact', name }, form);
  if ('value' in entry.result) return entry.result.value ?? undefined;
  if (lenient) return undefined;
  throw new Waiting(name, 'unavailable' in entry.result ? 'unavailable' : 'answer');
}
