import { advance } from './advance';
import { fetchFact } from './facts';
import type { FactEntry, Form, FormInput, Known, Need, Step } from './form';
import { type Json, Unavailable } from './ports';
import type { FactPorts, Service } from './service';

/** What a step of a form may know and ask. */
export interface Surroundings {
  readonly known: Omit<Known, 'found' | 'facts'>;
  readonly ports: FactPorts;
  readonly newReference: (letters: string) => string;
}

type Advanced = Extract<Step, { readonly state: Form }>;

/** What is decided at a summary is decided on facts of this moment. */
function fresh(form: Form | undefined, input: FormInput): Form | undefined {
  return form?.phase.at === 'summary' && input.kind === 'say' ? { ...form, facts: [] } : form;
}

/** A step needs at most so many look-ups; more is a rule that never settles. */
const MOST_NEEDS = 60;

/** One step of a form with all that it needs looked up. Undefined: the message is no answer to what was asked. */
export async function settle(
  service: Service,
  before: Form | undefined,
  input: FormInput,
  around: Surroundings,
): Promise<Advanced | undefined> {
  const form = fresh(before, input);
  let found: Known['found'] = {};
  let facts: readonly FactEntry[] = [];
  for (let round = 0; round < MOST_NEEDS; round++) {
    const step = advance(service, form, input, { ...around.known, found, facts });
    if ('unread' in step) return undefined;
    if (!('needs' in step))
      return { ...step, state: { ...step.state, facts: newest([...facts, ...step.state.facts]) } };
    for (const need of step.needs) {
      if (need.need === 'fact') facts = [await fetchFact(service, step.during, need.name, around.ports), ...facts];
      else found = { ...found, [JSON.stringify(need)]: await lookUp(need, around) };
    }
  }
  throw new Error(`${service.id}: needs without end`);
}

/** One entry per fact: those for other answers are of no more use. */
function newest(facts: readonly FactEntry[]): readonly FactEntry[] {
  return facts.filter((entry, index) => facts.findIndex(({ name }) => name === entry.name) === index);
}

async function lookUp(need: Exclude<Need, { readonly need: 'fact' }>, around: Surroundings): Promise<Json> {
  if (need.need === 'reference') return around.newReference(need.letters);
  try {
    return ((await ask(need, around.ports)) ?? null) as Json;
  } catch (failure) {
    if (failure instanceof Unavailable) return { unavailable: true };
    throw failure;
  }
}

const STREET_METRES = 80;
const POSTCODE_METRES = 500;

function ask(
  need: Exclude<Need, { readonly need: 'fact' | 'reference' }>,
  { gazetteer, cases }: FactPorts,
): Promise<unknown> {
  switch (need.need) {
    case 'open-case':
      return cases.openWithKey(need.key);
    case 'postcode':
      return gazetteer.postcode(need.postcode);
    case 'addresses':
      return gazetteer.findAddresses(need.query);
    case 'address':
      return gazetteer.address(need.uprn);
    case 'streets':
      return gazetteer.findStreets({ name: need.name, ...(need.near && { near: need.near }), limit: 5 });
    case 'streets-near':
      return gazetteer.streetsNear(need.position, need.metres ?? STREET_METRES);
    case 'landmarks':
      return gazetteer.findLandmarks({ words: need.words, ...(need.near && { near: need.near }) });
    case 'postcode-near':
      return gazetteer.postcodeNear(need.position, POSTCODE_METRES);
  }
}
