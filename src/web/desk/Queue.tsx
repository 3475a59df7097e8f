import type { ChatItem, HandoffItem } from '../../handoff/api';
import type { Controller } from './controller';
import { type State, unread } from './state';
import { channelName, duration, LANE_NAMES, languageName, plainName } from './words';

interface QueueProps {
  readonly state: State;
  readonly controller: Controller;
  readonly now: number;
}

/** Own chats first, then everybody who waits, by lane. */
export function Queue({ state, controller, now }: QueueProps) {
  const { queue } = state;
  if (queue === null) return <p class="loading">Loading …</p>;
  const news = unread(state);
  return (
    <section aria-label="Queue and chats">
      <h2>My chats</h2>
      {queue.mine.length === 0 && <p>None.</p>}
      <ul>
        {queue.mine.map((chat) => (
          <li key={chat.handoffId}>
            <Chat
              chat={chat}
              current={state.openId === chat.conversationId}
              fresh={news.includes(chat.conversationId)}
              controller={controller}
            />
          </li>
        ))}
      </ul>
      <h2>Queue</h2>
      {queue.waiting.length === 0 && <p>Nobody is waiting.</p>}
      <ol>
        {queue.waiting.map((item) => (
          <li key={item.handoffId} class={`lane-${item.lane}`}>
            <Waiting item={item} current={state.openId === item.conversationId} controller={controller} now={now} />
          </li>
        ))}
      </ol>
      {queue.waitingCount > queue.waiting.length && (
        <p>{queue.waitingCount - queue.waiting.length} more behind them.</p>
      )}
      <Colleagues state={state} />
    </section>
  );
}

interface ChatProps {
  readonly chat: ChatItem;
  readonly current: boolean;
  readonly fresh: boolean;
  readonly controller: Controller;
}

function Chat({ chat, current, fresh, controller }: ChatProps) {
  return (
    <button
      type="button"
      class="item"
      aria-current={current ? 'true' : undefined}
      onClick={() => controller.open(chat.conversationId)}
    >
      <strong dir="auto">{chat.ask}</strong>
      {fresh && <span class="count">new</span>}
      {chat.last !== null && (
        <span class="last" dir="auto">
          {chat.last.text}
        </span>
      )}
      <span class="facts">{tags(chat)}</span>
    </button>
  );
}

interface WaitingProps {
  readonly item: HandoffItem;
  readonly current: boolean;
  readonly controller: Controller;
  readonly now: number;
}

function Waiting({ item, current, controller, now }: WaitingProps) {
  return (
    <>
      <button
        type="button"
        class="item"
        aria-current={current ? 'true' : undefined}
        onClick={() => controller.open(item.conversationId)}
      >
        <span class="lane">
          {LANE_NAMES[item.lane]} · {duration(now - item.requestedAt)}
        </span>
        <strong dir="auto">{item.ask}</strong>
        <span class="facts">{tags(item)}</span>
      </button>
      <button type="button" class="main" aria-label={`Claim: ${item.ask}`} onClick={() => void controller.claim(item)}>
        Claim
      </button>
    </>
  );
}

function tags(item: HandoffItem): string {
  const known = [
    item.service === null ? null : plainName(item.service),
    item.language === null ? null : languageName(item.language),
  ];
  return [channelName(item.channel), ...known].filter((one) => one !== null && one !== '').join(' · ');
}

function Colleagues({ state }: { readonly state: State }) {
  const others = (state.queue?.colleagues ?? []).filter((one) => one.id !== state.me.id);
  return (
    <>
      <h2>Colleagues here</h2>
      {others.length === 0 && <p>Nobody else.</p>}
      <ul class="plain">
        {others.map((one) => (
          <li key={one.id}>
            {one.name} · {one.available ? `${one.chats} ${one.chats === 1 ? 'chat' : 'chats'}` : 'on a break'}
          </li>
        ))}
      </ul>
    </>
  );
}
