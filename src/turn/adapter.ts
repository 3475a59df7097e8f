import { type Activity, ActivityTypes, BotAdapter, type ResourceResponse, TurnContext } from 'botbuilder';
import { type PlainActivity, plain, type UnitOfWork } from './unitOfWork';

/** Nothing for a resident or the log: pauses, debug traces, answers to `invoke` (which no channel here has). */
const DROPPED: ReadonlySet<string> = new Set(['delay', ActivityTypes.Trace, ActivityTypes.InvokeResponse]);

export interface AdapterPorts {
  readonly randomId: () => string;
  /** Live only: the bot types. */
  readonly typing: () => void;
}

/**
 * The Bot Framework adapter of one turn: what the bot sends is collected, nothing leaves before the commit. `onTurnError`
 * stays unset on purpose: it would swallow the failure, and a failed turn would commit.
 */
export class TurnAdapter extends BotAdapter {
  readonly #work: UnitOfWork;
  readonly #ports: AdapterPorts;

  constructor(work: UnitOfWork, ports: AdapterPorts) {
    super();
    this.#work = work;
    this.#ports = ports;
  }

  /** Runs the bot on an activity; `prepare` fills the turn state first. */
  async run(
    activity: Partial<Activity>,
    prepare: (context: TurnContext) => void,
    bot: (context: TurnContext) => Promise<void>,
  ): Promise<void> {
    const context = new TurnContext(this, activity);
    prepare(context);
    await this.runMiddleware(context, bot);
  }

  override async sendActivities(_context: TurnContext, activities: Partial<Activity>[]): Promise<ResourceResponse[]> {
    return activities.map((activity) => this.#send(activity));
  }

  #send(activity: Partial<Activity>): ResourceResponse {
    const id = this.#ports.randomId();
    if (this.#work.sealed || DROPPED.has(activity.type ?? '')) return { id };
    if (activity.type === ActivityTypes.Typing) this.#ports.typing();
    else this.#work.replies.push(reply(activity, id));
    return { id };
  }

  /** Only what this turn is about to say can still be changed: the log is append-only. */
  override async updateActivity(_context: TurnContext, activity: Partial<Activity>): Promise<ResourceResponse> {
    const id = activity.id ?? '';
    this.#work.replies[this.#indexOf(id)] = reply(activity, id);
    return { id };
  }

  override async deleteActivity(_context: TurnContext, reference: { readonly activityId?: string }): Promise<void> {
    this.#work.replies.splice(this.#indexOf(reference.activityId ?? ''), 1);
  }

  /** A bot that wants to speak unasked sets a timer: its turn then commits like any other. */
  override async continueConversation(): Promise<void> {
    throw new Error('continueConversation is not supported: set a timer instead');
  }

  #indexOf(id: string): number {
    const index = this.#work.replies.findIndex((said) => said.id === id);
    if (index < 0) throw new Error('only activities of the same turn can be changed');
    return index;
  }
}

function reply(activity: Partial<Activity>, id: string): PlainActivity {
  const { serviceUrl: _server, callerId: _caller, ...rest } = activity;
  return plain<PlainActivity>({ ...rest, id, type: activity.type ?? ActivityTypes.Message });
}
