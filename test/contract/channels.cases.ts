/** What a resident does, and what the channel answers. The scripted bot of `channelWorld.ts` is on the other side. */
export interface Sends {
  readonly text: string;
  /** The channel's own id of the message; the same one again is the same message repeated. */
  readonly id: string;
  readonly as?: 'forged' | 'malformed' | 'with a picture';
  /** The process dies after it has stored the message, before it says so. */
  readonly dies?: true;
  /** 200 where nothing is said. */
  readonly status?: number;
}

export interface Case {
  readonly what: string;
  readonly sends: readonly Sends[];
  /** What the resident is shown of the bot, in order; by channel where the way of showing differs. */
  readonly shown: readonly string[] | Readonly<Record<string, readonly string[]>>;
  /** Events that stand in the log for the desk alone. */
  readonly desk?: readonly string[];
}

const ONE_SENTENCE = `${'We have noted all of it. '.repeat(4)}`;
const LONG = ONE_SENTENCE.repeat(60).trim();

/** One of these is a promise of every channel: a new one runs them all. */
export const CASES: readonly Case[] = [
  {
    what: 'a message is answered once',
    sends: [{ text: 'hello', id: 'a' }],
    shown: ['echo hello'],
  },
  {
    what: 'the same message again is acknowledged again and changes nothing',
    sends: [
      { text: 'hello', id: 'a' },
      { text: 'hello', id: 'a' },
      { text: 'hello', id: 'a' },
    ],
    shown: ['echo hello'],
  },
  {
    what: 'the same words in another message are another message',
    sends: [
      { text: 'hello', id: 'a' },
      { text: 'hello', id: 'b' },
    ],
    shown: ['echo hello', 'echo hello'],
  },
  {
    what: 'an old message that comes again later changes nothing',
    sends: [
      { text: 'one', id: 'a' },
      { text: 'two', id: 'b' },
      { text: 'one', id: 'a' },
    ],
    shown: ['echo one', 'echo two'],
  },
  {
    what: 'messages are answered in the order in which they were taken',
    sends: ['1', '2', '3', '4', '5', '6'].map((text) => ({ text, id: `n${text}` })),
    shown: ['echo 1', 'echo 2', 'echo 3', 'echo 4', 'echo 5', 'echo 6'],
  },
  {
    what: 'choices are shown in the way of the channel',
    sends: [{ text: 'choose', id: 'a' }],
    shown: {
      web: ['Which bin? [Food] [Garden]'],
      sms: ['Which bin?\n1 Food\n2 Garden'],
      botframework: ['Which bin? [Food] [Garden]'],
    },
  },
  {
    what: 'what is for the desk stays there',
    sends: [{ text: 'alarm', id: 'a' }],
    shown: ['noted'],
    desk: ['alert'],
  },
  {
    what: 'a forged message is refused and not kept',
    sends: [{ text: 'hello', id: 'a', as: 'forged', status: 403 }],
    shown: [],
  },
  {
    what: 'a malformed message is refused and not kept',
    sends: [{ text: 'hello', id: 'a', as: 'malformed', status: 400 }],
    shown: [],
  },
  {
    what: 'a refused message takes nothing from the one that follows',
    sends: [
      { text: 'hello', id: 'a', as: 'malformed', status: 400 },
      { text: 'hello', id: 'a', as: 'forged', status: 403 },
      { text: 'hello', id: 'a' },
    ],
    shown: ['echo hello'],
  },
  {
    what: 'a message that was stored but never acknowledged is answered once, also when it is repeated',
    sends: [
      { text: 'hello', id: 'a', dies: true, status: 500 },
      { text: 'hello', id: 'a' },
    ],
    shown: ['echo hello'],
  },
  {
    what: 'a message that was stored but never acknowledged nor repeated is answered',
    sends: [{ text: 'hello', id: 'a', dies: true, status: 500 }],
    shown: ['echo hello'],
  },
  {
    what: 'a long answer arrives whole',
    sends: [{ text: 'long', id: 'a' }],
    shown: { web: [LONG], sms: inParts(LONG), botframework: [LONG] },
  },
  {
    what: 'a long message arrives whole',
    sends: [{ text: `${'bin '.repeat(380)}end`, id: 'a' }],
    shown: [`echo ${'bin '.repeat(380)}end`],
  },
  {
    what: 'letters of all alphabets, and what is none, arrive as they were written',
    sends: [{ text: 'Zażółć کوڑے دان 🗑\u{fe0f} <b>&amp;</b> {name} %00 \\u0041', id: 'a' }],
    shown: ['echo Zażółć کوڑے دان 🗑\u{fe0f} <b>&amp;</b> {name} %00 \\u0041'],
  },
  {
    what: 'a picture comes with its message',
    sends: [{ text: 'look', id: 'a', as: 'with a picture' }],
    shown: ['echo look + image/png'],
  },
  {
    what: 'a picture that is sent again is the same picture',
    sends: [
      { text: 'look', id: 'a', as: 'with a picture' },
      { text: 'look', id: 'a', as: 'with a picture' },
    ],
    shown: ['echo look + image/png'],
  },
];

/** At most 1,600 characters each, cut at the ends of sentences. */
function inParts(text: string): readonly string[] {
  const sentences = text.match(/[^.]+\.\s?/g) ?? [];
  const parts: string[] = [''];
  for (const sentence of sentences) {
    const last = parts.at(-1) ?? '';
    if ((last + sentence).length <= 1600) parts[parts.length - 1] = last + sentence;
    else parts.push(sentence);
  }
  return parts.map((part) => part.trim());
}

export { LONG };
