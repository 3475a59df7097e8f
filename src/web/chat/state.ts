import type { Point } from './answer/position';
import type { Line } from './connection';
import type { Action, Outgoing } from './protocol';
import type { Entry } from './transcript';

/** Everything the page shows. */
export interface ChatState {
  readonly entries: readonly Entry[];
  readonly line: Line;
  readonly typing: 'bot' | 'agent' | undefined;
  readonly photos: readonly Photo[];
  /** Where the newest photo that was sent was taken. It stays in this page until the resident wants it to be used. */
  readonly photoPlace: Point | undefined;
  /** A history is being read back: it is not announced. */
  readonly quiet: boolean;
  /** Whether it is asked if the chat shall end. */
  readonly asking: boolean;
  /** Ways to answer besides words, and cards: loaded when they are first needed. */
  readonly more: Pick<typeof import('./answer'), 'Answer' | 'Card'> | undefined;
  /** Leaving quickly, clearing when nobody is there: loaded once the chat is. */
  readonly Safety: typeof import('./safety').Safety | undefined;
  /** Key of a text to be said once. */
  readonly notice: 'lost' | 'refusedFile' | Ending | undefined;
}

/** How a chat ended, as the key of what is said then. */
export type Ending = 'ended' | 'endedIdle';

/** A file that is to be sent with the next message; `preview` is an object URL for pictures, `place` where it was taken. */
export interface Photo {
  readonly key: string;
  readonly file: File;
  readonly preview?: string;
  readonly place?: Point;
}

/** Where the newest photo was taken, of those to be sent that say so, else of those that were sent. */
export const placeOfPhoto = ({ photos, photoPlace }: ChatState): Point | undefined =>
  photos.reduce((found, { place = found }) => place, photoPlace);

/** What the resident can do. */
export interface Acts {
  send(): void;
  write(draft: string): void;
  choose(action: Action): void;
  /** Answers in another way than by writing. */
  say(activity: Outgoing['activity']): void;
  /** Sends what is no message, and not shown. */
  tell(activity: Outgoing['activity']): void;
  /** Asks `GET /chat/addresses`. */
  lookUp<T>(query: string): Promise<T>;
  attach(files: readonly File[]): void;
  detach(key: string): void;
  retry(): void;
  speak(language: string): void;
  ask(asking: boolean): void;
  /** Clears the chat from this page and this tab. */
  end(how?: Ending): void;
  restart(): void;
  save(): void;
  close(): void;
}

export const START: ChatState = {
  entries: [],
  line: 'connecting',
  typing: undefined,
  photos: [],
  photoPlace: undefined,
  quiet: false,
  asking: false,
  more: undefined,
  Safety: undefined,
  notice: undefined,
};
