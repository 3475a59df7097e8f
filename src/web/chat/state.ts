import type { Line } from './connection';
import type { Action, Outgoing } from './protocol';
import type { Entry } from './transcript';

/** Everything the page shows. */
export interface ChatState {
  readonly entries: readonly Entry[];
  readonly line: Line;
  readonly typing: 'bot' | 'agent' | undefined;
  readonly photos: readonly Photo[];
  /** A history is being read back: it is not announced. */
  readonly quiet: boolean;
  /** Whether it is asked if the chat shall end. */
  readonly asking: boolean;
  /** Ways to answer besides words, and cards: loaded when they are first needed. */
  readonly more: Pick<typeof import('./answer'), 'Answer' | 'Card'> | undefined;
  /** Key of a text to be said once. */
  readonly notice: 'lost' | 'refusedFile' | undefined;
}

/** A file that is to be sent with the next message; `preview` is an object URL for pictures. */
export interface Photo {
  readonly key: string;
  readonly file: File;
  readonly preview?: string;
}

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
  end(): void;
  restart(): void;
  save(): void;
  close(): void;
}

export const START: ChatState = {
  entries: [],
  line: 'connecting',
  typing: undefined,
  photos: [],
  quiet: false,
  asking: false,
  more: undefined,
  notice: undefined,
};
