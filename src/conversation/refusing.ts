import { answered, type Refusal } from './answers';
import { type Form, type Known, type Progress, quiet, type Refused, saying } from './form';
import type { ChoiceSaid, Say } from './ports';
import type { Service } from './service';
import { question } from './wording';

/**
 * An answer that cannot be taken. The first time the reason is said, which is a question itself; the second time a person is
 * offered, and where the law or the council does not need better, to leave the answer as it is. Nothing is said twice in a row.
 */
export function refuse(
  service: Service,
  progress: Progress,
  known: Known,
  { slot, say, mayStay }: Pick<Refusal, 'slot' | 'say' | 'mayStay'>,
): Progress {
  const before = progress.form.refused?.slot === slot ? progress.form.refused : undefined;
  const times = (before?.times ?? 0) + 1;
  const refused: Refused = { slot, times, say, ...(mayStay && { mayStay }) };
  const form: Form = { ...progress.form, phase: { at: 'asking', slot }, misses: times, refused };
  if (times >= (service.tries?.[slot] ?? Number.POSITIVE_INFINITY)) return givenUp(service, { ...progress, form });
  const choices = say.choices ?? question(service, form, known, slot).choices ?? [];
  const isNew = before === undefined || JSON.stringify(before.say) !== JSON.stringify(say);
  if (times === 1) return saying({ ...progress, form }, { ...say, choices });
  if (isNew && !mayStay) return saying({ ...progress, form }, { ...say, choices: withPerson(choices) });
  return saying({ ...progress, form }, stillRefused(refused, known));
}

/** Guessing ends here: a person looks at it. */
const givenUp = (service: Service, progress: Progress): Progress => ({
  ...saying(progress, { text: 'common:refused.person' }),
  done: { how: 'person', reason: `${service.id}:refused` },
});

const PERSON: ChoiceSaid = { value: 'cmd:agent', label: 'common:offer.person' };

const withPerson = (choices: readonly ChoiceSaid[]): readonly ChoiceSaid[] =>
  choices.some(({ value }) => value === PERSON.value) ? choices : [...choices, PERSON];

function stillRefused({ times, mayStay }: Refused, known: Known): Say {
  const stay: readonly ChoiceSaid[] = mayStay ? [{ value: AS_IT_IS, label: 'common:choice.asItIs' }] : [];
  const choices: readonly ChoiceSaid[] = [...stay, PERSON, { value: 'cmd:stop', label: 'common:choice.stop' }];
  const first = mayStay ? 'common:refused.mayStay' : 'common:refused';
  const params = { phone: known.settings.council.phone ?? '' };
  return { text: times % 2 === 0 ? first : 'common:refused.still', params, choices };
}

export const AS_IT_IS = 'as-it-is';

/** The refused answer, taken all the same: the reason is not looked at again. Undefined: nothing was refused that may stay. */
export function takenAsItIs(form: Form): Progress | undefined {
  const { refused, ...rest } = form;
  if (!refused?.mayStay) return undefined;
  const { answer, reason } = refused.mayStay;
  const overrides = [...form.overrides, `${refused.slot}.${reason}`];
  return quiet({ ...answered(rest, refused.slot, answer), overrides });
}
