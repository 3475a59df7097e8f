import { afterwards, answersOf } from './ending';
import { type Form, type Known, type Progress, saying } from './form';
import type { Effect, EpochMs, Json } from './ports';
import { proceed } from './proceed';
import { afterQuiet } from './quietHours';
import { run } from './rules';
import type { Rule, Service } from './service';

/** What a resident may choose at a stop, or after the ending. */

/** Does what was chosen of the offers. */
export function chooseOffer(service: Service, progress: Progress, known: Known, offer: string): Progress {
  const { form } = progress;
  const [kind, name] = offer.split(':', 2);
  const { phase } = form;
  if (offer === 'none') {
    const next = phase.at === 'offered' ? afterwards(service, progress, known) : progress;
    return next.says.length === progress.says.length ? ended(next) : next;
  }
  if (kind === 'service' && name)
    return { ...progress, done: { how: 'service', service: name, answers: form.answers } };
  if (phase.at !== 'stopped') return { ...progress, done: { how: 'person', reason: `${service.id}:${phase.at}` } };
  if (offer === 'anyway')
    return proceed(service, { ...progress, form: { ...form, overrides: [...form.overrides, phase.reason] } }, known);
  if (offer === 'follow') return joined(service, progress, known, phase);
  if (offer === 'reminder') return reminded(service, progress, known, phase.reason);
  return { ...progress, done: { how: 'person', reason: `${service.id}:${phase.reason}` } };
}

function ended(progress: Progress): Progress {
  return saying(
    { ...progress, form: { ...progress.form, phase: { at: 'done' } }, done: progress.done ?? { how: 'stopped' } },
    { text: 'common:ended' },
  );
}

function joined(
  service: Service,
  progress: Progress,
  known: Known,
  { reason, follow }: Extract<Form['phase'], { readonly at: 'stopped' }>,
): Progress {
  const { form } = progress;
  const rule = service.stopIf?.[reason]?.follow;
  const ran = rule && run(rule as Rule<never, string | undefined>, service, form, known, true);
  const reference = follow ?? (ran && 'value' in ran ? ran.value : undefined);
  if (!reference) return ended(progress);
  const effect: Effect = { kind: 'follow-case', reference, answers: answersOf(service, form) };
  const next = { ...progress, form: { ...form, reference }, effects: [...progress.effects, effect] };
  return afterwards(service, saying(next, { text: 'common:followed', params: { reference } }), known);
}

function reminded(service: Service, progress: Progress, known: Known, reason: string): Progress {
  const { form } = progress;
  const rule = service.stopIf?.[reason]?.remindAt;
  const ran = rule && run(rule as Rule<never, EpochMs>, service, form, known, true);
  if (!ran || !('value' in ran)) return ended(progress);
  const at = known.channel !== 'web' ? afterQuiet(ran.value) : ran.value;
  const value = { service: service.id, answers: form.answers } as unknown as Json;
  const effect: Effect = { kind: 'set-timer', name: `reminder:${service.id}`, at, value };
  const told = saying(progress, { text: 'common:reminded', params: { at: { moment: at } } });
  return {
    ...told,
    form: { ...form, phase: { at: 'done' } },
    effects: [...told.effects, effect],
    done: { how: 'stopped' },
  };
}
