import type { Form, Known } from './form';
import type { Address, ChoiceSaid, Json, Param, Params, Say, TextKey } from './ports';
import { resumeReading } from './reading/read';
import { optionsOf, run, valueIn } from './rules';
import type { Rule, Service } from './service';
import type { Contact, Place, Slot } from './slots';

/** Which text is said, with which parameters: no words here, only keys. */

const NO_ANSWER = 'none';

/** An answer as a resident reads it. */
export function shown(service: Service, name: string, value: Json): Param {
  const is = service.slots[name]?.is;
  switch (is?.kind) {
    case 'address': {
      const { line, postcode } = value as unknown as Address;
      return `${line}, ${postcode}`;
    }
    case 'place':
      return placeShown(value as unknown as Place);
    case 'contact':
      return (value as unknown as Contact).value;
    case 'choice':
      return { label: `${service.id}:${name}.${String(value)}` };
    case 'yes-no':
      return { label: value === true ? 'common:yes' : 'common:no' };
    case 'date':
      return { date: String(value) };
    case 'photo':
      return { label: 'common:photo' };
    default:
      return String(value);
  }
}

/** Words that join the parts of a place are a language's own. */
function placeShown({ line, street, junction, landmark, postcode }: Place): Param {
  if (junction !== undefined && street)
    return { label: 'common:place.junction', params: { street: street.name, other: junction } };
  if (landmark === undefined) return line;
  return { label: 'common:place.near', params: { landmark, street: street?.name ?? postcode ?? NO_ANSWER } };
}

const LONGEST_QUOTE = 70;

/** An answer read back within a sentence: a choice by its short form or in small letters, long words as a quotation. */
export function noted(service: Service, known: Known, name: string, value: Json): Param {
  const is = service.slots[name]?.is;
  if (is?.kind === 'choice') {
    const label: TextKey = `${service.id}:${name}.${String(value)}`;
    return known.has(`${label}.noted`) ? { label: `${label}.noted` } : { label, inline: true };
  }
  if (is?.kind !== 'text') return shown(service, name, value);
  const words = String(value);
  return { quote: words.length > LONGEST_QUOTE ? `${words.slice(0, LONGEST_QUOTE).replace(/\s+\S*$/, '')} …` : words };
}

/** The parameters that every text of the service gets. */
function paramsOf(service: Service, form: Form, known: Known): Params {
  const slots = Object.keys(service.slots).flatMap((name): [string, Param][] => {
    const value = valueIn(service, form, name);
    if (value === undefined)
      return [
        [name, NO_ANSWER],
        [`${name}Id`, NO_ANSWER],
      ];
    const id = typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value);
    return [
      [name, shown(service, name, value)],
      [`${name}Id`, typeof value === 'object' ? NO_ANSWER : id],
    ];
  });
  const own = service.params && run(service.params as Rule<never, Params>, service, form, known, true);
  return { ...Object.fromEntries(slots), ...(own && 'value' in own ? own.value : {}) };
}

/** One of the service's own texts. */
export function own(
  service: Service,
  form: Form,
  known: Known,
  key: string,
  params?: Params,
  choices?: readonly ChoiceSaid[],
): Say {
  return {
    text: `${service.id}:${key}`,
    params: { ...paramsOf(service, form, known), ...params },
    ...(choices && { choices }),
  };
}

/** More are not read. */
const MOST_OPTIONS = 5;

/** The choices shown with a slot's question. */
function choicesOf(service: Service, form: Form, known: Known, name: string): readonly ChoiceSaid[] {
  const slot = service.slots[name];
  if (!slot) return [];
  const skip: readonly ChoiceSaid[] = slot.isOptional ? [{ value: 'cmd:skip', label: 'common:choice.skip' }] : [];
  return [...ownChoices(slot, service, form, known, name), ...skip];
}

export const YES_NO = [
  { value: 'yes', label: 'common:yes' },
  { value: 'no', label: 'common:no' },
] as const;

function ownChoices(
  slot: Slot<unknown>,
  service: Service,
  form: Form,
  known: Known,
  name: string,
): readonly ChoiceSaid[] {
  const key = (suffix: string): TextKey => `${service.id}:${name}.${suffix}`;
  switch (slot.is.kind) {
    case 'choice':
      return slot.is.choices.map((value) => ({ value, label: key(value) }));
    case 'yes-no':
      return YES_NO;
    case 'pick': {
      const options = (optionsOf(service, form, known, name) ?? []).slice(0, MOST_OPTIONS);
      const shownOptions = options.map(
        ({ value, params }): ChoiceSaid => ({ value, label: { text: key('option'), params } }),
      );
      return [...shownOptions, { value: 'none', label: key('none') }];
    }
    case 'contact':
      return known.phone ? [{ value: 'this-number', label: 'common:choice.thisNumber' }] : [];
    default:
      return [];
  }
}

/** The question of a slot, or what is still missing of it. */
export function question(service: Service, form: Form, known: Known, name: string): Say {
  const partial = form.partials[name];
  const more = partial === undefined ? undefined : resumeReading(service, name, known, partial);
  if (more && 'partial' in more) return more.say;
  return own(service, form, known, `${name}.ask`, undefined, choicesOf(service, form, known, name));
}

/** The question in other words: the service's own, else by the kind of slot. */
export function rephrased(service: Service, form: Form, known: Known, name: string): Say {
  const choices = question(service, form, known, name).choices ?? [];
  if (known.has(`${service.id}:${name}.again`)) return own(service, form, known, `${name}.again`, undefined, choices);
  const slot: Param = { label: `${service.id}:${name}.name` };
  const kind = service.slots[name]?.is.kind ?? 'text';
  return { text: `common:again.${kind}`, params: { slot }, choices };
}

/** A service's title; of one that has no dialog, what it is called. */
const titleKey = (known: Known, id: string): TextKey =>
  known.has(`${id}:title`) ? `${id}:title` : `common:label.${id}`;

/** Buttons for what is offered, and "no, thank you". */
export function offerChoices(service: Service, known: Known, offers: readonly string[]): readonly ChoiceSaid[] {
  const possible = offers.filter((offer) => offer !== 'reminder' || !known.quiet);
  const shown = possible.map((offer): ChoiceSaid => {
    const [kind, name] = offer.split(':', 2);
    const change: TextKey = `${service.id}:offer.change.${name}`;
    if (kind === 'change' && known.has(change)) return { value: offer, label: change };
    if (kind === 'change')
      return {
        value: offer,
        label: { text: 'common:offer.change', params: { slot: { label: `${service.id}:${name}.name` } } },
      };
    if (kind === 'service')
      return {
        value: offer,
        label: { text: 'common:offer.service', params: { title: { label: titleKey(known, name ?? '') } } },
      };
    const ownWords: TextKey = `${service.id}:offer.${offer}`;
    return { value: offer, label: known.has(ownWords) ? ownWords : `common:offer.${offer}` };
  });
  return offers.length === 0 ? [] : [...shown, { value: 'none', label: 'common:offer.none' }];
}
