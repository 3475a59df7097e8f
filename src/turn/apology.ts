import { BOT_ACCOUNT, envelope } from './activity';
import type { TurnStart } from './commit';
import type { EngineContext } from './options';
import { type PlainActivity, plain } from './unitOfWork';

/**
 * What a resident is told whose message could not be answered. Undefined where they asked nothing: a timer's failure is no
 * reason to write to anybody.
 */
export function apologyFor(
  engine: Pick<EngineContext, 'apology' | 'clock' | 'randomId'>,
  { conversation, inbound }: TurnStart,
): PlainActivity | undefined {
  if (inbound.seq === null) return undefined;
  const said = engine.apology(conversation.language ?? undefined);
  const parties = { from: BOT_ACCOUNT, recipient: { id: conversation.resident, role: 'user' } };
  const about = { ...envelope(conversation, engine.clock.now()), ...parties, id: engine.randomId() };
  return plain({ type: 'message', ...said, ...about });
}
