import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { DeliveryState, Entry } from '../../handoff/api';
import type { Controller } from './controller';
import { Moment } from './Moment';
import type { State } from './state';
import { type Pending, type Thread, unsaid } from './thread';
import { DELIVERY_NAMES, eventName, senderName } from './words';

interface TranscriptProps {
  readonly state: State;
  readonly thread: Thread;
  readonly controller: Controller;
  readonly now: number;
}

/** How near the end counts as reading along, in pixels. */
const NEAR = 80;

export function Transcript({ state, thread, controller, now }: TranscriptProps) {
  const box = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const waiting = unsaid(state.pending, thread);
  useLayoutEffect(() => {
    if (atEnd.current) box.current?.scrollTo({ top: box.current.scrollHeight });
  }, [thread.lastSeq, waiting.length, state.typing]);
  useEffect(() => {
    const { current } = box;
    if (current === null) return;
    const observer = new ResizeObserver(() => {
      if (atEnd.current) current.scrollTo({ top: current.scrollHeight });
    });
    observer.observe(current);
    return () => observer.disconnect();
  }, []);
  const onScroll = (): void => {
    const { current } = box;
    if (current !== null) atEnd.current = current.scrollHeight - current.scrollTop - current.clientHeight < NEAR;
  };
  const deliveries = new Map(thread.deliveries.map((delivery) => [delivery.seq, delivery]));
  const first = thread.entries[0]?.seq ?? 1;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <div class="transcript" ref={box} onScroll={onScroll} tabIndex={0} role="log" aria-label="Transcript">
      {first > 1 && (
        <button type="button" onClick={() => void controller.earlier()}>
          Show earlier messages
        </button>
      )}
      <ol>
        {thread.entries.map((entry) => (
          <Line key={entry.seq} entry={entry} delivery={deliveries.get(entry.seq)} now={now} />
        ))}
        {waiting.map((one) => (
          <Unsaid key={one.clientId} one={one} controller={controller} />
        ))}
      </ol>
      {state.typing && <p class="typing">The resident is typing …</p>}
    </div>
  );
}

interface LineProps {
  readonly entry: Entry;
  readonly delivery: DeliveryState | undefined;
  readonly now: number;
}

function Line({ entry, delivery, now }: LineProps) {
  if (entry.kind === 'event')
    return (
      <li class="line event">
        {eventName(entry.text)} · <Moment at={entry.at} now={now} />
      </li>
    );
  return (
    <li class={`line ${entry.kind === 'note' ? 'note' : entry.role}`} data-seq={entry.seq}>
      <p class="who">
        {entry.kind === 'note' ? `Note by ${senderName(entry)}, for the desk only` : senderName(entry)} ·{' '}
        <Moment at={entry.at} now={now} />
      </p>
      <p class="text" dir="auto">
        {entry.erased ? 'Erased' : entry.text}
      </p>
      {entry.choices.length > 0 && (
        <p class="choices" dir="auto">
          {entry.choices.join(' / ')}
        </p>
      )}
      {entry.attachments.map((file) => (
        <Attachment key={file.url ?? file.name} file={file} />
      ))}
      {delivery !== undefined && (
        <p class={`delivery ${delivery.status}`}>
          {DELIVERY_NAMES[delivery.status]}
          {delivery.reason !== null && delivery.status !== 'delivered' && `: ${delivery.reason}`}
        </p>
      )}
    </li>
  );
}

function Attachment({ file }: { readonly file: Entry['attachments'][number] }) {
  if (file.url === null) return <p>{file.name}</p>;
  // Only our own server's: a picture from elsewhere would tell its owner who looks at it.
  const shown = file.image && file.url.startsWith('/');
  return (
    <p>
      <a href={file.url} target="_blank" rel="noreferrer noopener">
        {shown && <img src={file.url} alt="" loading="lazy" />} {file.name}
      </a>
    </p>
  );
}

function Unsaid({ one, controller }: { readonly one: Pending; readonly controller: Controller }) {
  return (
    <li class={`line pending ${one.kind === 'note' ? 'note' : 'agent'}`}>
      <p class="text" dir="auto">
        {one.text}
      </p>
      {one.state === 'sending' && <p class="delivery">Sending …</p>}
      {one.state === 'failed' && (
        <p class="delivery dead">
          Not sent.{' '}
          <button type="button" onClick={() => void controller.retry(one)}>
            Send again
          </button>{' '}
          <button type="button" onClick={() => controller.discard(one)}>
            Discard
          </button>
        </p>
      )}
    </li>
  );
}
