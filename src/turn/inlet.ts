import type { Db } from '../storage/schema';
import { type Accepted, Conflict, type Conversation } from '../storage/store';
import { normalise } from './activity';
import type { AcceptedActivity, InboundActivity, Inlet } from './index';
import type { EngineContext } from './options';
import { publishChange } from './wakeUps';

/** An inbound names a conversation that is not there. */
class UnknownConversation extends Error {
  override readonly name = 'UnknownConversation';
}

/** How often an inbound is stored again that collides with a change of the hold. */
const TRIES = 10;

/** @param arrived told of each inbound that was stored by this process and now waits for its turn */
export function createInlet(
  engine: EngineContext,
  arrived: (conversationId: string, inboundId: string) => void,
): Inlet {
  const { store, bus, clock, randomId } = engine;
  return {
    async open({ id, channel, resident, language }) {
      const conversation = { id, channel, address: null, resident, push: false, ...(language ? { language } : {}) };
      await store.write((tx) => store.conversations.open(tx, conversation, clock.now()));
    },
    async accept(inbound) {
      const id = randomId();
      const { conversation, accepted } = await untilNoConflict(TRIES, () =>
        store.write((tx) => acceptIn(engine, tx, inbound, id)),
      );
      engine.failpoint('accept-ack');
      if (!accepted.duplicate) {
        arrived(conversation.id, id);
        publishChange(bus, conversation);
      }
      return answer(conversation, accepted);
    },
    typing(conversationId, from) {
      bus.publish(`conversation:${conversationId}`, `typing:${from}`);
    },
  };
}

/** Conversation, log row, inbox row and the resident's consent in one transaction. */
async function acceptIn(engine: EngineContext, tx: Db, inbound: InboundActivity, id: string) {
  const { store, clock, randomId } = engine;
  const at = clock.now();
  const conversation = await conversationOf(engine, tx, inbound, at);
  const body = normalise(inbound, conversation, randomId(), at);
  const { channel, messageId } = inbound;
  const row = { id, conversationId: conversation.id, channel, messageId };
  const log = { id: body.id, audience: 'resident', type: body.type, role: 'resident', body } as const;
  const accepted = await store.inbox.accept(tx, inbound.logged === false ? { ...row, body } : { ...row, log }, at);
  if (inbound.optedOut !== undefined && !accepted.duplicate) {
    const patch = { opted_out: inbound.optedOut ? 1 : 0 };
    await store.conversations.advance(tx, conversation.id, { holdEpoch: conversation.hold_epoch }, patch, at);
  }
  if (inbound.ends && !accepted.duplicate) await store.conversations.end(tx, conversation.id, at);
  return { conversation, accepted };
}

async function conversationOf(
  { store, randomId }: EngineContext,
  tx: Db,
  { channel, conversation: ref }: InboundActivity,
  at: number,
): Promise<Conversation> {
  if ('id' in ref) {
    const known = await store.conversations.get(tx, ref.id);
    if (!known) throw new UnknownConversation('no such conversation');
    return known;
  }
  const known = await store.conversations.byAddress(tx, channel, ref.address);
  return known ?? store.conversations.open(tx, { ...ref, id: randomId(), channel }, at);
}

function answer(conversation: Conversation, { duplicate, activityId, seq }: Accepted): AcceptedActivity {
  return { duplicate, conversationId: conversation.id, activityId, seq };
}

/** The desk may take the conversation at the very moment a consent is stored. */
async function untilNoConflict<T>(tries: number, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Conflict) || tries <= 1) throw error;
    return untilNoConflict(tries - 1, work);
  }
}
