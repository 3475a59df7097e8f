import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { MAX_MESSAGE } from '../../handoff/api';
import type { Controller } from './controller';
import { type Draft, draftOf, keepDraft } from './drafts';
import { type Segments, segmentsOf } from './segments';
import type { Thread } from './thread';

interface ReplyBoxProps {
  readonly thread: Thread;
  readonly mine: boolean;
  readonly controller: Controller;
}

/** Replies by whoever holds the conversation; notes by everybody at the desk. */
export function ReplyBox({ thread, mine, controller }: ReplyBoxProps) {
  const [draft, setDraft] = useState(() => draftOf(thread.id, mine ? 'message' : 'note'));
  const id = useId();
  const box = useRef<HTMLTextAreaElement>(null);
  // Whoever has just taken or opened a chat of theirs wants to write.
  useEffect(() => {
    if (mine) box.current?.focus();
    // Words begun as a note stay one, whoever gets the chat while they are written: the next Enter must not tell the resident.
    setDraft((now) => (now.text === '' ? { kind: mine ? 'message' : 'note', text: '' } : now));
  }, [mine]);
  const { text } = draft;
  const kind = mine ? draft.kind : 'note';
  const keep = (next: Draft): void => {
    keepDraft(thread.id, { kind: draft.kind, text: '' });
    keepDraft(thread.id, next);
    setDraft(next);
  };
  const change = (value: string): void => {
    keep({ kind: draft.kind, text: value });
    if (kind === 'message' && value !== '') controller.typing();
  };
  const send = (): void => {
    if (text.trim() === '') return;
    void controller.write(kind, text);
    keep({ kind: mine ? draft.kind : 'note', text: '' });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    send();
  };
  return (
    <form
      class={`reply ${kind}`}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {mine && (
        <fieldset>
          <legend class="unseen">What to write</legend>
          <label>
            <input
              type="radio"
              name={`${id}-kind`}
              checked={kind === 'message'}
              onChange={() => keep({ kind: 'message', text })}
            />{' '}
            Reply
          </label>
          <label>
            <input
              type="radio"
              name={`${id}-kind`}
              checked={kind === 'note'}
              onChange={() => keep({ kind: 'note', text })}
            />{' '}
            Note for the desk
          </label>
        </fieldset>
      )}
      <label for={id}>
        {kind === 'message' ? 'Reply to the resident' : 'Note for the desk: the resident never sees it'}
      </label>
      <textarea
        ref={box}
        id={id}
        rows={3}
        dir="auto"
        value={text}
        maxLength={MAX_MESSAGE}
        aria-describedby={`${id}-hint`}
        onInput={(event) => change(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <div class="row">
        <button type="submit" class="main">
          {kind === 'message' ? 'Send' : 'Save note'}
        </button>
        <span id={`${id}-hint`} class="facts">
          Enter sends, Shift and Enter starts a new line.
          {thread.channel === 'sms' && kind === 'message' && <SegmentCount text={text} />}
        </span>
      </div>
      {thread.optedOut && <p class="problem">The resident has opted out of text messages: replies are refused.</p>}
    </form>
  );
}

function SegmentCount({ text }: { readonly text: string }) {
  const [counted, setCounted] = useState<Segments | null>(null);
  useEffect(() => {
    let stale = false;
    segmentsOf(text).then(
      (segments) => {
        if (!stale) setCounted(segments);
      },
      () => undefined,
    );
    return () => {
      stale = true;
    };
  }, [text]);
  if (counted === null || text === '') return null;
  const { segments, unicode } = counted;
  const count = segments === 1 ? '1 text message' : `${segments} text messages`;
  return <> {unicode ? `${count}: special characters leave room for 70 in each.` : `${count}.`}</>;
}
