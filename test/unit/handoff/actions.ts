import type { ConversationView } from '../../../src/handoff/api';
import { type Answer, type Person, randomId, type World } from './world';

/** What agents do all day, for tests of what comes of it. */

/** Somebody asks and this agent claims; answers the epoch they hold it under. */
export async function claimedBy(desk: World, agent: Person, id: string): Promise<number> {
  const handoff = await desk.ask(id);
  const answer = await agent.post(`/desk/api/handoffs/${handoff}/claim`, { epoch: 1 });
  expect(answer.status).toBe(200);
  return answer.body.epoch;
}

export function send(person: Person, id: string, text: string, epoch: number, more: object = {}): Promise<Answer> {
  return person.post(`/desk/api/conversations/${id}/messages`, { text, epoch, clientId: randomId(), ...more });
}

export async function view(person: Person, id: string, after = ''): Promise<ConversationView> {
  return (await person.get(`/desk/api/conversations/${id}${after}`)).body;
}

export async function residentSees(desk: World, id: string): Promise<readonly string[]> {
  const rows = await desk.store.log.read(desk.store.db, id, 'resident');
  return rows.map((row) => String(row.body.text ?? row.body.name));
}
