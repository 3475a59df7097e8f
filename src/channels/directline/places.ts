import { z } from 'zod';
import type { ChannelContext, Handler } from '../channel';
import { authorise, limit } from './edge';
import { Refusal } from './refusal';
import type { Tokens } from './tokens';

/** Somebody who types and corrects asks this often. */
const PER_CONVERSATION_A_MINUTE = 120;
/** A library's public computers share one address. */
const PER_ADDRESS_A_MINUTE = 1200;

const degrees = (most: number) => z.string().min(1).transform(Number).pipe(z.number().min(-most).max(most));
const QUERY = z.union([
  z.object({ q: z.string().trim().min(2).max(100), for: z.enum(['address', 'place']).default('address') }),
  z.object({ lat: degrees(90), lon: degrees(180) }),
]);

/**
 * `GET /chat/addresses`: what the page suggests while an address or a place is typed (`q`, `for`), and what is near a point
 * (`lat`, `lon`). For residents in a conversation only, and no faster than people type: the list is public, but not to be copied.
 */
export function addressRoute(context: ChannelContext, tokens: Tokens): Handler {
  return async (request) => {
    const caller = await authorise({ context, tokens }, request);
    if (caller.kind !== 'token') throw new Refusal(403, 'Forbidden', 'Only for residents');
    await limit(context, `directline:addresses:${caller.conversationId}`, PER_CONVERSATION_A_MINUTE);
    await limit(context, `directline:addresses:${request.ip}`, PER_ADDRESS_A_MINUTE);
    const query = QUERY.safeParse(Object.fromEntries(request.query));
    if (!query.success) throw new Refusal(400, 'BadArgument', 'q and for, or lat and lon');
    const { places } = context;
    if ('lat' in query.data) return { status: 200, body: { near: (await places.near(query.data)) ?? null } };
    const { q, for: wanted } = query.data;
    return { status: 200, body: { suggestions: await places[wanted === 'place' ? 'places' : 'addresses'](q) } };
  };
}
