import { z } from 'zod';
import { type BotTurn, keepsQuiet } from './botTurn';
import { RATED, type Rated } from './talk';
import { isText } from './turn';

/** The value of an event `rating`, as a page sends it: 5 is very good. */
export const Rating = z.object({ about: z.enum(RATED), score: z.int().min(1).max(5) });

/**
 * Lets a page ask how it went, when nothing else is asked: once for reports and once for talks with people. Never where the
 * conversation is quiet, or after an emergency.
 */
export function askRating(turn: BotTurn, about: Rated): void {
  const { rated = [], hadDanger } = turn.talk;
  const last = turn.says.at(-1);
  const asksMore = last?.asks !== undefined || (last?.choices ?? []).length > 0;
  if (!last || asksMore || rated.includes(about) || hadDanger || isText(turn.facts.channel) || keepsQuiet(turn)) return;
  turn.says.splice(-1, 1, { ...last, asks: { kind: 'rating', about } });
  turn.talk = { ...turn.talk, rated: [...rated, about] };
}

/** A rating stands in the activity log, from where it is exported; here it is only thanked for. */
export function takeRating(turn: BotTurn, value: unknown): void {
  if (Rating.safeParse(value).success) turn.says.push({ text: 'common:rating.thanks' });
}
