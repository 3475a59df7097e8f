import type { Activity, Storage, TurnContext } from 'botbuilder';
import type { Clock, Effect, Language } from '../conversation/ports';
import { EFFECTS, TURN, type TurnFacts } from '../conversation/turn';
import type { Bus, Store } from '../storage/store';
import { toTurnActivity } from './activity';
import { TurnAdapter } from './adapter';
import { createBotStorage, StorageFailed } from './botStorage';
import type { TurnStart } from './commit';
import { TookTooLong, withinLimit } from './timeLimit';
import { newUnitOfWork, type UnitOfWork } from './unitOfWork';

/** The bot threw; `cause` is what. */
export class BotFailed extends Error {
  override readonly name = 'BotFailed';
}

/** Anything with Bot Framework's `run`: an `ActivityHandler`, or less. */
export interface TurnBot {
  run(context: TurnContext): Promise<void>;
}

/** Makes the bot of one turn. Its BotState objects are built on `storage`, anew every turn, and saved by the bot itself. */
export type BotFactory = (storage: Storage) => TurnBot;

export interface RunPorts {
  readonly store: Store;
  readonly bus: Bus;
  readonly bot: BotFactory;
  readonly clock: Clock;
  readonly randomId: () => string;
  readonly newReference: (letters: string) => string;
  /** How long one run may take, in milliseconds. */
  readonly limitMs: number;
}

/**
 * Runs the bot once, with no transaction open, and answers what it wants to happen.
 * @throws TookTooLong, StorageFailed, or BotFailed
 */
export async function runTurn(ports: RunPorts, turn: TurnStart): Promise<UnitOfWork> {
  const work = newUnitOfWork();
  const facts = turnFacts(ports, turn);
  const activity = await inboundActivity(ports, turn, facts.now);
  const bot = ports.bot(createBotStorage(ports.store, work));
  const typing = () => ports.bus.publish(`conversation:${facts.conversationId}`, 'typing:bot');
  const adapter = new TurnAdapter(work, { randomId: ports.randomId, typing });
  const effects: Effect[] = [];
  const prepare = (context: TurnContext) => {
    context.turnState.set(TURN, facts);
    context.turnState.set(EFFECTS, effects);
  };
  try {
    await withinLimit(
      adapter.run(activity, prepare, (context) => bot.run(context)),
      ports.limitMs,
    );
  } catch (error) {
    if (error instanceof TookTooLong || error instanceof StorageFailed) throw error;
    throw new BotFailed('the bot threw', { cause: error });
  } finally {
    work.sealed = true;
  }
  work.effects.push(...effects);
  return work;
}

function turnFacts({ clock, newReference }: RunPorts, { conversation }: TurnStart): TurnFacts {
  return {
    conversationId: conversation.id,
    channel: conversation.channel,
    now: clock.now(),
    language: (conversation.language ?? undefined) as Language | undefined,
    languageExplicit: conversation.language_explicit === 1,
    hold: conversation.hold === 'queued' ? 'queued' : 'bot',
    newReference,
  };
}

async function inboundActivity(
  { store }: RunPorts,
  { conversation, inbound }: TurnStart,
  now: number,
): Promise<Partial<Activity>> {
  if (inbound.seq === null) return toTurnActivity(inbound, inbound.body ?? {}, conversation, now);
  const logged = await store.log.one(store.db, conversation.id, inbound.seq);
  return toTurnActivity(inbound, logged?.body ?? {}, conversation, now);
}
