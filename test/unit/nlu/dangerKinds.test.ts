import { join } from 'node:path';
import { createRecogniser } from '../../../src/nlu/recogniser';

const recogniser = createRecogniser({ modelDir: join(__dirname, '../../../dist/nlu') });
const read = (language: string, text: string) => recogniser.recognise(text, { language, now: 0 });

/** Words of danger that mean none. */
const CALM: readonly (readonly [string, string])[] = [
  ['en', 'my street light is dead'],
  ['en', 'my phone is dead, please text'],
  ['en', 'the bin lorry nearly killed my hedge'],
  ['en', "it's not an emergency but there is a pothole on Sample Road"],
  ['en', 'the gas company left a hole in the pavement'],
  ['en', 'there is a dead fox on the pavement'],
  ['en', 'somebody has dumped a burnt mattress'],
  ['en', 'this parking fine is killing me'],
  ['en', 'your staff were rude and I nearly died of embarrassment'],
  ['en', 'the road flooded last year, who do I ask about it'],
  ['en', 'a car is parked in front of the fire station every day'],
  ['en', 'my neighbour abuses his blue badge to park'],
  ['en', 'how many homeless people did the council house last year'],
  ['en', 'the street light has been off since the power cut last week'],
  ['en', 'the drain is blocked and there is a big puddle'],
  ['en', 'the public toilets are flooded with rubbish'],
  ['en', 'he reads my meter'],
  ['en', 'where can children play in the park on their own'],
  ['en', 'someone stabbed the tyres of my car'],
  ['en', 'a bomb of rubbish went off in our street'],
  ['en', 'your officer attacked me verbally'],
  ['en', 'I fell off my bike because of a pothole last month'],
  ['en', 'dont call me, please email'],
  ['pl', 'latarnia na naszej ulicy padła, nie świeci'],
  ['pl', 'padł mi telefon, proszę o SMS'],
  ['pl', 'śmieciarka prawie zabiła mi żywopłot'],
  ['pl', 'to nic pilnego, ale jest dziura w drodze'],
  ['pl', 'hałas mnie zabija'],
  ['pl', 'nie mogę dzwonić, proszę pisać'],
  ['pl', 'zalana ulica po deszczu, studzienka zatkana'],
];

test.each(CALM)('%s: %s – no danger', (language, text) => expect(read(language, text).emergency).toBe(false));

/** Which danger decides whom to call, and whether anything may be sent later. */
const KINDS: readonly (readonly [string, string, string])[] = [
  ['en', 'my husband is threatening me with a knife', 'abuse'],
  ['en', 'he has locked me in and took my phone', 'abuse'],
  ['en', 'my dad beats my mum', 'abuse'],
  ['en', 'my ex is outside my house banging on the door', 'abuse'],
  ['en', 'cant talk he is here', 'abuse'],
  ['en', 'he said he will kill me if I leave', 'abuse'],
  ['en', 'kids next door screaming, they are being beaten', 'child'],
  ['en', 'I took a load of pills', 'self-harm'],
  ['en', 'there is a smell of gas by the school', 'gas'],
  ['en', 'water is pouring into our house', 'flood'],
  ['en', 'water coming in under the door fast', 'flood'],
  ['en', 'i have nowhere to stay tonight and its freezing', 'homeless'],
  ['pl', 'mąż grozi mi nożem', 'abuse'],
  ['pl', 'ojciec bije matkę', 'abuse'],
  ['pl', 'były stoi pod drzwiami i wali', 'abuse'],
  ['pl', 'nie mogę mówić, on tu jest', 'abuse'],
  ['pl', 'dzieci za ścianą krzyczą, są bite', 'child'],
  ['pl', 'wzięłam dużo tabletek', 'self-harm'],
  ['pl', 'czuć gaz przy szkole', 'gas'],
  ['pl', 'woda leje się do piwnicy', 'flood'],
];

test.each(KINDS)('%s: %s – %s', (language, text, danger) => expect(read(language, text).dangers).toContain(danger));

test.each([
  ['en', 'the house is on fire'],
  ['en', 'baby not breathing'],
  ['pl', 'dom się pali'],
])('%s: %s – danger of no kind in particular', (language, text) => {
  expect(read(language, text)).toMatchObject({ emergency: true, dangers: [] });
});
