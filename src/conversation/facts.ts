import type { FactEntry, Form } from './form';
import { type Json, Unavailable } from './ports';
import { valueIn } from './rules';
import type { FactPorts, Service } from './service';

class Awaits extends Error {
  override readonly name = 'Awaits';
}

/**
 * Looks up one fact of a service for the answers the form has, and notes which answers it read. A port that throws
 * `Unavailable` is a result; any other failure is the caller's.
 */
export async function fetchFact(service: Service, form: Form, name: string, ports: FactPorts): Promise<FactEntry> {
  const reads: { [slot: string]: Json } = {};
  const answers = new Proxy(
    {},
    {
      get: (_target, slot) => {
        if (typeof slot !== 'string' || !service.slots[slot]) return undefined;
        const value = valueIn(service, form, slot);
        reads[slot] = value ?? null;
        const { isOptional, isMaybe } = service.slots[slot];
        if (value === undefined && !isOptional && !isMaybe) throw new Awaits(slot);
        return value;
      },
    },
  );
  const result = await outcome(() => service.facts?.[name]?.(answers as never, ports));
  return { name, reads, result };
}

async function outcome(find: () => unknown): Promise<FactEntry['result']> {
  try {
    const value = await find();
    // A round trip through JSON, so that a fact reads the same now and after a restart.
    return { value: value === undefined ? null : (JSON.parse(JSON.stringify(value)) as Json) };
  } catch (failure) {
    if (failure instanceof Awaits) return { awaits: failure.message };
    if (failure instanceof Unavailable) return { unavailable: true };
    throw failure;
  }
}
