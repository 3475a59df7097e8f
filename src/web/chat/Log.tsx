import { page, text } from './page';
import type { Attachment } from './protocol';
import { RichText } from './RichText';
import type { Acts, ChatState } from './state';
import { type Entry, isSeen, startsDay } from './transcript';

/** Made when the first moment is written: on a slow phone each takes longer than a screenful of messages. */
function lazily(options: Intl.DateTimeFormatOptions): (at: number) => string {
  let format: Intl.DateTimeFormat | undefined;
  return (at) => {
    format ??= new Intl.DateTimeFormat(page.dates, options);
    return format.format(at);
  };
}
const timeOf = lazily({ hour: '2-digit', minute: '2-digit' });
const dayOf = lazily({ weekday: 'long', day: 'numeric', month: 'long' });

/**
 * The conversation so far. New messages are announced in their order, and those that could not be sent; a history that is read back
 * is not, nor that a message was sent and seen.
 */
export function Log({ state, acts }: { state: ChatState; acts: Acts }) {
  const { entries, typing } = state;
  return (
    <div
      id="log"
      role="log"
      aria-label={text('log')}
      aria-live={state.quiet ? 'off' : 'polite'}
      aria-relevant="additions"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard has to reach it
      tabIndex={0}
    >
      <p class="intro">
        {text('intro')}{' '}
        <a href="/accessibility" target="_blank" rel="noopener">
          {text('accessibility')}
        </a>
      </p>
      {entries.map((entry, index) => (
        <>
          {startsDay(entries, index) && (
            <p class="day" key={`day:${entry.key}`}>
              {dayOf(entry.at)}
            </p>
          )}
          <Message
            key={index === 0 ? 'first' : entry.key}
            entry={entry}
            previous={entries[index - 1]}
            seen={isSeen(entries, index)}
            more={state.more}
            acts={acts}
          />
        </>
      ))}
      {typing && (
        <p class="typing" aria-hidden="true" key="typing" title={text('typing', { name: nameOf({ who: typing }) })}>
          <i />
          <i />
          <i />
        </p>
      )}
    </div>
  );
}

export function nameOf({ who, name }: Pick<Entry, 'who' | 'name'>): string {
  if (who === 'me') return text('you');
  return who === 'agent' ? name || text('adviser') : text('assistant');
}

interface MessageProps {
  readonly entry: Entry;
  readonly previous: Entry | undefined;
  readonly seen: boolean;
  readonly more: ChatState['more'];
  readonly acts: Acts;
}

function Message({ entry, previous, seen, more, acts }: MessageProps) {
  const { who, state } = entry;
  const isFirst = previous?.who !== who || previous.name !== entry.name;
  return (
    <article class={`message ${who}`} aria-label={nameOf(entry)}>
      {isFirst && who !== 'me' && <p class="name">{nameOf(entry)}</p>}
      <div class="bubble">
        {who === 'me' ? entry.text && <p dir="auto">{entry.text}</p> : <RichText text={entry.text} />}
        {entry.attachments.map((attachment) => (
          <Attached attachment={attachment} more={more} acts={acts} />
        ))}
      </div>
      <p class="meta">
        {entry.at > 0 && <time dateTime={new Date(entry.at).toISOString()}>{timeOf(entry.at)}</time>}
        {who === 'me' && <State state={state} seen={seen} retry={acts.retry} />}
      </p>
    </article>
  );
}

function State({ state, seen, retry }: { state: Entry['state']; seen: boolean; retry: () => void }) {
  if (state === 'sending') return <span>{text('sending')}</span>;
  if (state === 'refused')
    return (
      <span class="failed" key="refused">
        {text('refused')}
      </span>
    );
  if (state !== 'failed') return <span>{text(seen ? 'seen' : 'sent')}</span>;
  return (
    <span class="failed" key="failed">
      {text('failed')}{' '}
      <button type="button" class="link" onClick={retry}>
        {text('retry')}
      </button>
    </span>
  );
}

/** Files come from our own server only, whatever address an activity names. */
function Attached({ attachment, more, acts }: { attachment: Attachment; more: ChatState['more']; acts: Acts }) {
  const { contentType, contentUrl, name = '', content } = attachment;
  if (content) return more ? <more.Card card={content} acts={acts} /> : null;
  if (!contentUrl) return <p class="file">{text('photo', { name })}</p>;
  const { pathname, search } = new URL(contentUrl, location.href);
  if (!pathname.startsWith('/v3/directline/files/')) return null;
  const href = pathname + search;
  return (
    <a class={contentType === 'application/pdf' ? 'pdf file' : 'file'} href={href} target="_blank" rel="noopener">
      {/^image\/(png|jpeg|webp|gif)$/.test(contentType) ? <img src={href} alt={text('photo', { name })} /> : name}
    </a>
  );
}
