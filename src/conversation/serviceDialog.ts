import type { TurnContext } from 'botbuilder';
import { Dialog, type DialogContext, type DialogReason, type DialogTurnResult } from 'botbuilder-dialogs';
import { advance } from './advance';
import { fetchFact } from './facts';
import type { Answer, Done, FactEntry, Form, FormInput, Known, Need, Step } from './form';
import { type Effect, type Json, type Say, Unavailable } from './ports';
import type { FactPorts, Service } from './service';

/** What a turn gives to the dialog and gets from it, in `context.turnState`. */
export const FORM_TURN = 'wandle.form';
export interface FormTurn {
  readonly input: FormInput;
  readonly known: Omit<Known, 'found' | 'facts'>;
  readonly ports: FactPorts;
  readonly newReference: (letters: string) => string;
  readonly says: Say[];
  readonly effects: Effect[];
  /** Set by the dialog. */
  unread: boolean;
  ended: { readonly done: Done; readonly form: Form } | undefined;
}

export interface FormStart {
  readonly service: string;
  readonly input: FormInput;
  /** A form kept from before. */
  readonly form?: Form;
}

interface DialogState {
  form?: Form;
}

type Advanced = Extract<Step, { readonly state: Form }>;

export const SERVICE_DIALOG = 'service';

/** Every service runs in this one dialog: it fetches what `advance` needs and keeps the form on the dialog stack. */
export class ServiceDialog extends Dialog<FormStart> {
  readonly #services: ReadonlyMap<string, Service>;

  constructor(services: ReadonlyMap<string, Service>) {
    super(SERVICE_DIALOG);
    this.#services = services;
  }

  override async beginDialog(dc: DialogContext, options?: FormStart): Promise<DialogTurnResult> {
    const service = this.#services.get(options?.service ?? '');
    if (!service || !options) return await dc.endDialog();
    return await this.#run(dc, service, options.form, options.input);
  }

  override async continueDialog(dc: DialogContext): Promise<DialogTurnResult> {
    return await this.#resume(dc, turnOf(dc.context).input);
  }

  /** A digression is over: the form says again what it waits for, unless a person or another service takes over. */
  override async resumeDialog(
    dc: DialogContext,
    _reason: DialogReason,
    ended?: { readonly how?: Done['how'] },
  ): Promise<DialogTurnResult> {
    if (ended?.how === 'person') return Dialog.EndOfTurn;
    return await this.#resume(dc, { kind: 'again' });
  }

  async #resume(dc: DialogContext, input: FormInput): Promise<DialogTurnResult> {
    const state = dc.activeDialog?.state as DialogState | undefined;
    const service = this.#services.get(state?.form?.service ?? '');
    if (!service) return await dc.endDialog();
    return await this.#run(dc, service, state?.form, input);
  }

  async #run(dc: DialogContext, service: Service, form: Form | undefined, input: FormInput): Promise<DialogTurnResult> {
    const turn = turnOf(dc.context);
    const step = await settle(service, fresh(form, input), input, turn);
    if (!step) {
      turn.unread = true;
      return Dialog.EndOfTurn;
    }
    turn.says.push(...step.says);
    turn.effects.push(...step.effects);
    if (dc.activeDialog) dc.activeDialog.state = { form: step.state };
    if (!step.done) return Dialog.EndOfTurn;
    if (step.done.how === 'service' && this.#services.has(step.done.service)) return await this.#goTo(dc, step.done);
    turn.ended = { done: step.done, form: step.state };
    return await dc.endDialog({ how: step.done.how });
  }

  async #goTo(
    dc: DialogContext,
    next: { readonly service: string; readonly answers: { readonly [slot: string]: Answer } },
  ): Promise<DialogTurnResult> {
    const input: FormInput = { kind: 'begin', answers: next.answers };
    return await dc.replaceDialog(SERVICE_DIALOG, { service: next.service, input } satisfies FormStart);
  }
}

function turnOf(context: TurnContext): FormTurn {
  const turn = context.turnState.get<FormTurn | undefined>(FORM_TURN);
  if (!turn) throw new Error('the bot has not set up the turn');
  return turn;
}

/** What is decided at a summary is decided on facts of this moment. */
function fresh(form: Form | undefined, input: FormInput): Form | undefined {
  return form?.phase.at === 'summary' && input.kind === 'say' ? { ...form, facts: [] } : form;
}

/** A step needs at most so many look-ups; more is a rule that never settles. */
const MOST_NEEDS = 60;

async function settle(
  service: Service,
  form: Form | undefined,
  input: FormInput,
  turn: FormTurn,
): Promise<Advanced | undefined> {
  let found: Known['found'] = {};
  let facts: readonly FactEntry[] = [];
  for (let round = 0; round < MOST_NEEDS; round++) {
    const step = advance(service, form, input, { ...turn.known, found, facts });
    if ('unread' in step) return undefined;
    if (!('needs' in step))
      return { ...step, state: { ...step.state, facts: newest([...facts, ...step.state.facts]) } };
    for (const { need, during } of step.needs.map((each) => ({ need: each, during: step.during }))) {
      if (need.need === 'fact') facts = [await fetchFact(service, during, need.name, turn.ports), ...facts];
      else found = { ...found, [JSON.stringify(need)]: await lookUp(need, turn) };
    }
  }
  throw new Error(`${service.id}: needs without end`);
}

/** One entry per fact: those for other answers are of no more use. */
function newest(facts: readonly FactEntry[]): readonly FactEntry[] {
  return facts.filter((entry, index) => facts.findIndex(({ name }) => name === entry.name) === index);
}

async function lookUp(need: Exclude<Need, { readonly need: 'fact' }>, turn: FormTurn): Promise<Json> {
  if (need.need === 'reference') return turn.newReference(need.letters);
  try {
    return ((await ask(need, turn.ports)) ?? null) as Json;
  } catch (failure) {
    if (failure instanceof Unavailable) return { unavailable: true };
    throw failure;
  }
}

const STREET_METRES = 80;

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
      return gazetteer.streetsNear(need.position, STREET_METRES);
  }
}
