import { describeWith } from '../../services';
import { type Person, randomId, type World, world } from './world';

const START_MS = 60_000;
const AGENTS = 8;

/** Where transactions really run side by side, the same promises hold. */
describeWith('postgres', (service) => {
  let desk: World;
  let people: readonly Person[];
  beforeAll(async () => {
    desk = await world({}, service.url);
    // Several processes may start on one empty database.
    const links = await Promise.all([1, 2, 3].map(() => desk.desk.ensureAdmin()));
    expect(links).toEqual([1, 2, 3].map(() => expect.stringContaining('#link=')));
    await desk.agent('Ada Admin', 'admin');
    people = await Promise.all(Array.from({ length: AGENTS }, (_, index) => desk.agent(`Agent ${index}`)));
  }, START_MS);
  afterAll(() => desk.stop());

  const all = <T>(work: (person: Person) => Promise<T>): Promise<readonly T[]> => Promise.all(people.map(work));

  test('one of many claims, writes once however often it is sent, and closes once', async () => {
    for (const id of ['c1', 'c2', 'c3', 'c4', 'c5']) {
      const handoff = await desk.ask(id);
      const claims = await all((person) => person.post(`/desk/api/handoffs/${handoff}/claim`, { epoch: 1 }));
      const winner = people[claims.findIndex((answer) => answer.status === 200)];
      const losers = claims.filter((answer) => answer.status === 409);
      expect(losers).toHaveLength(AGENTS - 1);
      for (const loser of losers) expect(loser.body.error.owner).toBe(winner?.me.name);

      const message = { text: 'Hello', epoch: 2, clientId: randomId() };
      const sent = await Promise.all(
        [1, 2, 3, 4].map(() => winner?.post(`/desk/api/conversations/${id}/messages`, message)),
      );
      expect(sent.map((answer) => answer?.status)).toEqual([200, 200, 200, 200]);
      expect(new Set(sent.map((answer) => answer?.body.seq)).size).toBe(1);

      const close = { epoch: 2, outcome: 'solved' };
      const closed = await Promise.all([1, 2, 3].map(() => winner?.post(`/desk/api/conversations/${id}/close`, close)));
      expect(closed.map((answer) => answer?.status).toSorted()).toEqual([200, 409, 409]);
      const rows = await desk.store.log.read(desk.store.db, id, 'resident');
      expect(rows.map((row) => row.seq)).toEqual([1, 2, 3, 4]);
    }
  });

  test('a repeated note is stored once', async () => {
    await desk.ask('c9');
    const note = { text: 'Note', clientId: randomId() };
    const answers = await Promise.all([1, 2, 3].map(() => people[0]?.post('/desk/api/conversations/c9/notes', note)));
    expect(answers.map((answer) => answer?.status)).toEqual([200, 200, 200]);
    const rows = await desk.store.log.read(desk.store.db, 'c9', 'desk', { after: 1 });
    expect(rows).toHaveLength(1);
  });

  test('a message is taken up or dealt with, never both', async () => {
    for (let round = 0; round < 20; round += 1) {
      const id = `m${round}`;
      const handoff = await desk.ask(id);
      await desk.store.write((tx) => desk.store.handoffs.update(tx, handoff, { status: 'message' }));
      const answers = await Promise.all(
        people.map((person, index) =>
          index % 2 === 0
            ? person.post(`/desk/api/handoffs/${handoff}/done`, { outcome: 'solved' })
            : person.post(`/desk/api/handoffs/${handoff}/claim`, { epoch: 1 }),
        ),
      );
      expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1);
      const { hold } = (await desk.store.conversations.get(desk.store.db, id)) ?? {};
      const { status } = (await desk.store.handoffs.get(desk.store.db, handoff)) ?? {};
      expect(status).toBe(hold === 'agent' ? 'claimed' : 'closed');
    }
  });
});
