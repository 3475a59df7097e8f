import type { TextKey } from './ports';
import type { Service } from './service';

/** Every key the service's own file must have. */
export function textKeys(service: Service): readonly TextKey[] {
  const keys = ['title', ...Object.keys(service.slots).flatMap((name) => slotKeys(service, name))];
  const stops = Object.entries(service.stopIf ?? {});
  keys.push(...stops.map(([reason]) => `stop.${reason}`));
  if (stops.some(([, stop]) => typeof stop.offers !== 'function' && stop.offers?.includes('reminder')))
    keys.push('reminder');
  if (service.summary !== false) keys.push('summary');
  if (service.followUp) keys.push('followUp');
  if (service.neverTakes) keys.push('neverTaken');
  keys.push(...service.endings.map((ending) => `done.${ending}`));
  return keys.map((key): TextKey => `${service.id}:${key}`);
}

function slotKeys(service: Service, name: string): readonly string[] {
  const is = service.slots[name]?.is;
  const rejects = Object.keys(service.rejectIf?.[name] ?? {}).map((reason) => `${name}.reject.${reason}`);
  const own =
    is?.kind === 'choice'
      ? is.choices.map((value) => `${name}.${value}`)
      : is?.kind === 'pick'
        ? [`${name}.option`, `${name}.none`]
        : is?.kind === 'pattern'
          ? [`${name}.invalid`]
          : [];
  return [`${name}.ask`, `${name}.name`, ...own, ...rejects];
}
