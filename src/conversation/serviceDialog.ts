import type { TurnContext } from 'botbuilder';
import { Dialog, type DialogContext, type DialogReason, type DialogTurnResult } from 'botbuilder-dialogs';
import type { Answer, Done, Form, FormInput } from './form';
import type { Effect, Say, Understanding } from './ports';
import type { Service } from './service';
import { type Surroundings, settle } from './settle';

/** What a turn gives to the dialog and gets from it, in `context.turnState`. */
export const FORM_TURN = 'wandle.form';
export interface FormTurn extends Surroundings {
  readonly understand: (words: string) => Understanding;
  readonly input: FormInput;
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
    const step = await settle(service, form, input, turn);
    if (!step) {
      turn.unread = true;
      return Dialog.EndOfTurn;
    }
    turn.says.push(...step.says);
    turn.effects.push(...step.effects);
    if (dc.activeDialog) dc.activeDialog.state = { form: step.state };
    if (!step.done) return Dialog.EndOfTurn;
    if (step.done.how === 'service' && this.#services.has(step.done.service))
      return await this.#goTo(dc, step.done, storyOf(service, step.state));
    turn.ended = { done: step.done, form: step.state };
    return await dc.endDialog({ how: step.done.how });
  }

  async #goTo(
    dc: DialogContext,
    next: { readonly service: string; readonly answers: { readonly [slot: string]: Answer } },
    story: string | undefined,
  ): Promise<DialogTurnResult> {
    const understanding = story === undefined ? undefined : turnOf(dc.context).understand(story);
    const input: FormInput = { kind: 'begin', answers: next.answers, ...(understanding && { understanding }) };
    return await dc.replaceDialog(SERVICE_DIALOG, { service: next.service, input } satisfies FormStart);
  }
}

/** What was told to a service that sends the resident on to another: it is not asked for again. */
function storyOf({ opening }: Service, { answers }: Form): string | undefined {
  return opening && answers[opening.slot]?.words;
}

function turnOf(context: TurnContext): FormTurn {
  const turn = context.turnState.get<FormTurn | undefined>(FORM_TURN);
  if (!turn) throw new Error('the bot has not set up the turn');
  return turn;
}
