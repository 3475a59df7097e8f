import { useEffect, useRef, useState } from 'preact/hooks';
import { Closing } from './Closing';
import type { Controller } from './controller';
import { ReplyBox } from './ReplyBox';
import type { State } from './state';
import { Transcript } from './Transcript';
import type { Thread } from './thread';
import { channelName, languageName } from './words';

interface ConversationProps {
  readonly state: State;
  readonly thread: Thread;
  readonly controller: Controller;
  readonly now: number;
}

export function Conversation({ state, thread, controller, now }: ConversationProps) {
  const [closing, setClosing] = useState(false);
  const mine = thread.hold.agentId === state.me.id;
  const title = thread.briefing?.ask ?? 'Conversation';
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!mine) heading.current?.focus();
  }, []);
  return (
    <section class="conversation" aria-label="Conversation">
      <header>
        <button type="button" class="back" onClick={() => controller.open(null)}>
          Back to the list
        </button>
        <h2 dir="auto" ref={heading} tabIndex={-1}>
          {title}
        </h2>
        <p class="facts">
          {[
            channelName(thread.channel),
            thread.language === null ? '' : languageName(thread.language),
            holder(thread, mine),
          ]
            .filter((one) => one !== '')
            .join(' · ')}
        </p>
        <Handling state={state} thread={thread} mine={mine} controller={controller} onClose={() => setClosing(true)} />
      </header>
      <Transcript state={state} thread={thread} controller={controller} now={now} />
      <ReplyBox thread={thread} mine={mine} controller={controller} />
      {closing && (
        <Closing
          title="Close the chat"
          onCancel={() => setClosing(false)}
          onDone={(outcome, remark) => {
            setClosing(false);
            void controller.close(outcome, remark);
          }}
        />
      )}
    </section>
  );
}

function holder(thread: Thread, mine: boolean): string {
  if (thread.hold.state === 'bot') return 'With the assistant';
  if (thread.hold.state === 'queued') return 'Waiting for a person';
  return mine ? 'With you' : `With ${thread.hold.agent ?? 'a colleague'}`;
}

interface HandlingProps {
  readonly state: State;
  readonly thread: Thread;
  readonly mine: boolean;
  readonly controller: Controller;
  readonly onClose: () => void;
}

/** What may be done with the conversation now. */
function Handling({ state, thread, mine, controller, onClose }: HandlingProps) {
  const { briefing } = thread;
  if (mine)
    return (
      <div class="row">
        <button type="button" class="main" onClick={onClose}>
          Close chat
        </button>
        <button type="button" onClick={() => void controller.requeue()}>
          Give back to the queue
        </button>
        <Transfer state={state} controller={controller} />
      </div>
    );
  if (briefing === null) return null;
  const item = { ...briefing, epoch: thread.hold.epoch };
  if (briefing.status === 'waiting' || briefing.status === 'message')
    return (
      <div class="row">
        <button type="button" class="main" onClick={() => void controller.claim(item)}>
          Claim
        </button>
      </div>
    );
  if (briefing.status === 'claimed' && state.me.role !== 'agent')
    return (
      <div class="row">
        <button type="button" onClick={() => void controller.claim(item, true)}>
          Take over
        </button>
      </div>
    );
  return null;
}

function Transfer({ state, controller }: { readonly state: State; readonly controller: Controller }) {
  const [to, setTo] = useState('');
  const others = (state.queue?.colleagues ?? []).filter((one) => one.id !== state.me.id && one.available);
  if (others.length === 0) return null;
  const there = others.some((one) => one.id === to);
  return (
    <>
      <label class="transfer">
        Pass to{' '}
        <select value={there ? to : ''} onChange={(event) => setTo(event.currentTarget.value)}>
          <option value="">choose …</option>
          {others.map((one) => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
        </select>
      </label>
      {/* Not with the choice: on a closed list box each arrow key is one (WCAG 3.2.2). */}
      <button type="button" disabled={!there} onClick={() => void controller.transfer(to)}>
        Pass on
      </button>
    </>
  );
}
