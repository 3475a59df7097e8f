import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomId } from '../../src/randomId';
import { createStore } from '../../src/storage/index';
import { freePort, type RunningServer, startServer, until } from '../server';
import { audit } from './audit';
import { type Resident, TextResident, WebResident } from './residents';
import { ACCOUNT, startTwilio, type TwilioProcess } from './twilioProcess';

const ROUNDS = 30;
const CONVERSATIONS = 40;
const FAILPOINTS = ['accept-ack', 'ack-turn', 'turn-commit', 'commit-wake', 'provider-recorded'] as const;
const PLACES = [...FAILPOINTS, 'random moment'] as const;
const LONGEST_ROUND_MS = 20_000;
const MINUTES = 60_000;

/** The same kills for the same seed; a new seed every run, printed so that a run can be repeated (`KILL_SEED`). */
const seed = Number(process.env.KILL_SEED ?? Date.now() % 1_000_000);

function seeded(start: number): () => number {
  let state = start;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** One report of a bin of its own, then freedom-of-information requests, each with a number of its own, until told to stop. */
async function live(resident: Resident, index: number, goesOn: () => boolean): Promise<void> {
  const streams = ['recycling', 'general rubbish'];
  const house = (index % 20) + 1;
  await resident.say(`u missed my ${streams[Math.floor(index / 20)]} this morning, ${house} Sample Road WB1 2AB`);
  await resident.say('yes');
  await resident.say('no');
  for (let round = 0; goesOn(); round += 1) {
    await resident.say('I want to make a freedom of information request');
    await resident.say(
      `How many street lights were repaired in each ward of the borough in 2025? Our own number is kt-${index}-${round}`,
    );
    await resident.say('Jo Bloggs');
    await resident.say('jo@example.org');
    await resident.say('yes');
  }
}

describe('a server that is killed again and again', () => {
  let dataDir: string;
  let port: string;
  let twilio: TwilioProcess;
  let running: RunningServer | undefined;
  const start = async (more: Readonly<Record<string, string>> = {}) => {
    running = await startServer({ ...env(), ...more });
    return running;
  };
  const env = () => ({
    PORT: port,
    WANDLE_DATA: dataDir,
    WANDLE_TWILIO: 'simulated',
    TWILIO_API_BASE_URL: twilio.url,
    TWILIO_ACCOUNT_SID: ACCOUNT.sid,
    TWILIO_AUTH_TOKEN: ACCOUNT.token,
    TWILIO_FROM: ACCOUNT.number,
    WANDLE_STUCK_AFTER_MS: '1000',
    WANDLE_METRICS_TOKEN: 'kill-test-metrics',
  });

  beforeEach(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'wandle-kill-'));
    port = String(await freePort());
    twilio = await startTwilio(`http://127.0.0.1:${port}`);
  });
  afterEach(async () => {
    await running?.kill();
    await twilio.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it(
    `answers every accepted message once, over ${ROUNDS} kills`,
    async () => {
      const random = seeded(seed);
      const kills = new Map<string, number>(PLACES.map((place) => [place, 0]));
      const count = (place: string) => kills.set(place, (kills.get(place) ?? 0) + 1);
      let killing = true;
      const url = `http://127.0.0.1:${port}`;
      const residents = Array.from({ length: CONVERSATIONS }, (_, index) =>
        index % 2 === 0
          ? new WebResident(`web-${index}`, url)
          : new TextResident(`sms-${index}`, `+4477009002${String(index).padStart(2, '0')}`, twilio),
      );
      const lives = residents.map((resident, index) => live(resident, index, () => killing));
      const failed = Promise.race([Promise.all(lives), new Promise(() => {})]);
      failed.catch(() => {
        killing = false;
      });

      for (let round = 0; killing && round < ROUNDS; round += 1) {
        const place = PLACES[round % PLACES.length] ?? 'random moment';
        const hit = 4 + Math.floor(random() * 24);
        const server = await start(place === 'random moment' ? {} : { WANDLE_FAILPOINT: `${place}:${hit}` });
        const moment = place === 'random moment' ? random() * 1500 : LONGEST_ROUND_MS;
        const timer = setTimeout(() => {
          if (place !== 'random moment') count('too late');
          void server.kill();
        }, moment);
        await server.ended;
        clearTimeout(timer);
        count(place);
      }
      killing = false;
      const last = await start();
      await Promise.all(lives);
      await until('everything to be delivered', () => everythingDelivered(url), 30_000);
      for (const resident of residents) if (resident instanceof WebResident) await resident.catchUp();
      expect(await last.stop()).toBe(0);

      const found = await audit(dataDir, residents, twilio);
      console.log(
        `seed ${seed}; kills: ${[...kills].map(([place, n]) => `${place} ${n}`).join(', ')}\n${found.messages} messages accepted, ${found.replies} replies, ${found.texts} texts sent, ${found.cases.size} cases`,
      );
      expect(kills.get('too late') ?? 0).toBe(0);
      expect([...kills].filter(([, n]) => n < 5)).toEqual([]);
      const { gaps, unanswered, answeredTwice, unfinished, notDelivered } = found;
      expect({ gaps, unanswered, answeredTwice, unfinished, notDelivered }).toEqual({
        gaps: [],
        unanswered: [],
        answeredTwice: [],
        unfinished: [],
        notDelivered: [],
      });
      expect([...found.cases].filter(([, n]) => n !== 1)).toEqual([]);
      expect(found.cases.size).toBe(
        CONVERSATIONS + residents.reduce((sum, resident) => sum + (resident.accepted.length - 3) / 5, 0),
      );
      for (const resident of residents) if (resident instanceof WebResident) expect(repeats(resident)).toEqual([]);
    },
    10 * MINUTES,
  );

  it(
    'takes two reports of one bin at once as one case with one follower',
    async () => {
      const server = await start();
      const residents = [new WebResident('one', server.url), new TextResident('two', '+447700900301', twilio)];
      await Promise.all(
        residents.map((resident) => resident.say('u missed my recycling this morning, 3 Sample Road WB1 2AB')),
      );
      await Promise.all(residents.map((resident) => resident.say('yes')));
      // The one who came second is told so and asked whether to join; the first is asked about updates.
      await Promise.all(residents.map((resident) => resident.say('1')));
      await until('everything to be delivered', () => everythingDelivered(server.url));
      await server.stop();
      const store = await createStore({ dataDir, randomId });
      const cases = await store.db.selectFrom('cases').select('reference').execute();
      const followers = await store.db.selectFrom('case_followers').select('reference').execute();
      await store.close();
      expect([cases.length, followers]).toEqual([1, cases]);
    },
    MINUTES,
  );
});

const repeats = (resident: WebResident): string[] =>
  resident.seen.map(({ id }) => id).filter((id, index, all) => all.indexOf(id) !== index);

/** Nothing waits any more: `/metrics` says so. */
async function everythingDelivered(url: string): Promise<boolean> {
  const response = await fetch(`${url}/metrics`, { headers: { authorization: 'Bearer kill-test-metrics' } });
  const text = await response.text();
  const waiting = [
    ...text.matchAll(/^wandle_backlog\{table="(?:inbox|outbox)",status="(?:pending|sending)"\} (\d+)/gm),
  ];
  return waiting.length > 0 && waiting.every((match) => match[1] === '0');
}
