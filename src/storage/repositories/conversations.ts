import type { Db } from '../schema';
import { Conflict, type Conversation, type ConversationRepository } from '../store';

type Advance = ConversationRepository['advance'];

export function conversationRepository(): ConversationRepository {
  const get = (db: Db, id: string): Promise<Conversation | undefined> =>
    db.selectFrom('conversations').selectAll().where('id', '=', id).executeTakeFirst();

  const byAddress = (db: Db, channel: string, address: string): Promise<Conversation | undefined> =>
    db
      .selectFrom('conversations')
      .selectAll()
      .where('channel', '=', channel)
      .where('address', '=', address)
      .executeTakeFirst();

  return {
    get,
    byAddress,
    async open(tx, conversation, at) {
      const { push, language, ...given } = conversation;
      const opened = await tx
        .insertInto('conversations')
        .values({ ...given, ...FRESH, language: language ?? null, push: push ? 1 : 0, created_at: at, updated_at: at })
        .onConflict((conflict) => conflict.doNothing())
        .returningAll()
        .executeTakeFirst();
      const there =
        opened ??
        (await get(tx, given.id)) ??
        (given.address === null ? undefined : await byAddress(tx, given.channel, given.address));
      if (!there) throw new Error('A conversation could neither be opened nor found');
      return there;
    },
    advance,
    async end(tx, id, at) {
      await tx
        .updateTable('conversations')
        .set({ ended_at: at })
        .where('id', '=', id)
        .where('ended_at', 'is', null)
        .execute();
    },
  };
}

const FRESH = {
  language_explicit: 0,
  last_seq: 0,
  version: 0,
  hold: 'bot',
  hold_agent: null,
  hold_epoch: 0,
  opted_out: 0,
  ended_at: null,
} as const;

const advance: Advance = async (tx, id, expected, patch, at) => {
  const movesHold = 'hold' in patch || 'hold_agent' in patch;
  let update = tx
    .updateTable('conversations')
    .set({ ...patch, updated_at: at })
    .set((column) => ({ version: column('version', '+', 1) }))
    .where('id', '=', id)
    .where('hold_epoch', '=', expected.holdEpoch);
  if (expected.version !== undefined) update = update.where('version', '=', expected.version);
  if (movesHold) update = update.set((column) => ({ hold_epoch: column('hold_epoch', '+', 1) }));
  const advanced = await update.returningAll().executeTakeFirst();
  return advanced ?? refuse(tx, id, expected);
};

async function refuse(tx: Db, id: string, expected: Parameters<Advance>[2]): Promise<never> {
  const found = await tx
    .selectFrom('conversations')
    .select(['version', 'hold_epoch'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (!found) throw new Error('No such conversation');
  if (found.hold_epoch !== expected.holdEpoch) {
    throw new Conflict('hold', `Hold epoch is ${found.hold_epoch}, expected ${expected.holdEpoch}`);
  }
  throw new Conflict('version', `Conversation version is ${found.version}, expected ${expected.version}`);
}
