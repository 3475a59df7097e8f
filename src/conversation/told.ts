import type { Form } from './form';
import type { Json } from './ports';
import type { Service } from './service';

/** What some forms were told of addresses and places, by kind of slot: for "same as last time". The last form counts. */
export function placesTold(
  forms: readonly (Form | undefined)[],
  services: ReadonlyMap<string, Service>,
): { readonly [kind: string]: Json } {
  const told = forms.flatMap((form) =>
    Object.entries(form?.answers ?? {}).flatMap(([name, { value }]): [string, Json][] => {
      const kind = services.get(form?.service ?? '')?.slots[name]?.is.kind ?? '';
      return KINDS.has(kind) && value !== null ? [[kind, value]] : [];
    }),
  );
  return Object.fromEntries(told);
}

const KINDS: ReadonlySet<string> = new Set(['address', 'place']);
