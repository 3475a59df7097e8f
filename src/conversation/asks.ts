import { localDate } from './calendar';
import type { Form, Known } from './form';
import type { Asks, Say } from './ports';
import type { Service } from './service';
import type { Slot } from './slots';

/** Says with the last message of a step what it asks for, so that a page can offer more ways to answer than words. */
export function withAsks(service: Service, { phase }: Form, says: readonly Say[], known: Known): readonly Say[] {
  const last = says.at(-1);
  const slot = phase.at === 'asking' ? service.slots[phase.slot] : undefined;
  return last && slot ? [...says.slice(0, -1), { ...last, asks: asksFor(slot, known) }] : says;
}

function asksFor({ is, isOptional }: Slot<unknown>, known: Known): Asks {
  const skips = isOptional ? ({ optional: true } as const) : {};
  switch (is.kind) {
    case 'date': {
      const today = localDate(known.now);
      return {
        kind: 'date',
        ...(is.when === 'past' && { max: today }),
        ...(is.when === 'future' && { min: today }),
        ...skips,
      };
    }
    case 'number':
      return { kind: 'number', min: is.min, max: is.max, ...skips };
    case 'text':
      return { kind: 'text', max: is.max, ...skips };
    default:
      return { kind: is.kind, ...skips };
  }
}
