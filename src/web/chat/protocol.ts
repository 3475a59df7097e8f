/** The part of Direct Line's shapes that the page reads. Nothing here needs a browser. */

export interface Action {
  readonly type: string;
  readonly title?: string;
  readonly value?: unknown;
  readonly text?: string;
  readonly displayText?: string;
}

export interface Attachment {
  readonly contentType: string;
  readonly contentUrl?: string;
  readonly name?: string;
  readonly content?: {
    readonly title?: string;
    readonly subtitle?: string;
    readonly text?: string;
    readonly images?: readonly { readonly url: string; readonly alt?: string }[];
    readonly buttons?: readonly Action[];
  };
}

/** What kind of answer a message asks for (`Asks` of `src/conversation/saying.ts`), with the limits of its kind. */
export interface Asks {
  readonly kind: string;
  readonly [limit: string]: unknown;
}

/** A line of `GET /chat/addresses`. */
export interface Suggestion {
  readonly kind: 'address' | 'street' | 'postcode' | 'landmark';
  readonly label: string;
  readonly position?: { readonly lat: number; readonly lon: number };
}

export interface Activity {
  readonly id?: string;
  readonly type: string;
  readonly text?: string;
  readonly timestamp?: string;
  readonly from?: { readonly id?: string; readonly name?: string; readonly role?: string };
  readonly suggestedActions?: { readonly actions?: readonly Action[] };
  readonly attachments?: readonly Attachment[];
  readonly channelData?: {
    readonly clientActivityID?: string;
    readonly author?: string;
    readonly asks?: Asks;
    /** Somebody near must not notice what this is about. */
    readonly quiet?: boolean;
    readonly postBack?: boolean;
    readonly messageBack?: { readonly displayText?: string };
  };
}

export interface ActivitySet {
  readonly activities: readonly Activity[];
  readonly watermark?: string;
}

/** What `POST /chat/token` answers. */
export interface Session extends ActivitySet {
  readonly conversationId: string;
  readonly token: string;
  readonly streamUrl: string;
}

/** A message on its way out. Files are lost with the page; everything else is kept until the server has it. */
export interface Outgoing {
  readonly clientId: string;
  readonly at: number;
  readonly activity: Activity & {
    readonly name?: string;
    readonly value?: unknown;
    readonly locale?: string;
    readonly entities?: readonly object[];
  };
  readonly files?: readonly File[];
}

/** A choice as Bot Framework clients send it: by its words, with a value behind them where it has one. */
export function chosen(action: Action): Outgoing['activity'] {
  const value = typeof action.value === 'string' ? action.value : undefined;
  const title = action.title ?? value ?? '';
  if (action.type === 'messageBack') {
    const displayText = action.displayText ?? title;
    return {
      type: 'message',
      text: action.text ?? title,
      value: action.value,
      channelData: { messageBack: { displayText } },
    };
  }
  if (action.type === 'postBack') {
    const channelData = { postBack: true, messageBack: { displayText: title } };
    return value === undefined
      ? { type: 'message', value: action.value, channelData }
      : { type: 'message', text: value, channelData };
  }
  const shown = value === undefined || value === title ? {} : { channelData: { messageBack: { displayText: title } } };
  return { type: 'message', text: value ?? title, ...shown };
}
