import { useState } from 'preact/hooks';
import { Ask } from './Ask';
import type { Controller } from './controller';
import type { State, Tab } from './state';

interface TopBarProps {
  readonly state: State;
  readonly controller: Controller;
}

const NAMES: { readonly [tab in Tab]: string } = {
  chats: 'Chats',
  messages: 'Messages',
  trouble: 'Trouble',
  history: 'History',
  accounts: 'Accounts',
};

export function TopBar({ state, controller }: TopBarProps) {
  const { me, queue } = state;
  const [leaving, setLeaving] = useState(false);
  const counts: { readonly [tab in Tab]?: number } = {
    chats: queue?.waitingCount ?? 0,
    messages: queue?.messages ?? 0,
    trouble: queue?.trouble ?? 0,
  };
  const tabs: readonly Tab[] = [
    'chats',
    'messages',
    'trouble',
    'history',
    ...(me.role === 'admin' ? (['accounts'] as const) : []),
  ];
  const chats = queue?.mine.length ?? 0;
  const signOut = (): void => {
    if (chats > 0) setLeaving(true);
    else void controller.signOut(false);
  };
  return (
    <header class="top">
      <h1>
        Desk <span>{me.council}</span>
      </h1>
      <nav aria-label="Desk">
        {tabs.map((tab) => (
          <button
            key={tab}
            type="button"
            aria-current={state.tab === tab ? 'page' : undefined}
            onClick={() => controller.show(tab)}
          >
            {NAMES[tab]}
            {(counts[tab] ?? 0) > 0 && <span class="count">{counts[tab]}</span>}
          </button>
        ))}
      </nav>
      <div class="me">
        <label>
          <input
            type="checkbox"
            checked={me.available}
            onChange={(event) => void controller.available(event.currentTarget.checked)}
          />{' '}
          Taking chats
        </label>
        <span>{me.name}</span>
        <button type="button" onClick={signOut}>
          Sign out
        </button>
      </div>
      {leaving && (
        <Ask title="Sign out with open chats?" onClose={() => setLeaving(false)}>
          <p>{chats === 1 ? 'Your chat goes' : `Your ${chats} chats go`} back to the front of the queue.</p>
          <div class="row">
            <button type="button" class="main" onClick={() => void controller.signOut(true)}>
              Give back and sign out
            </button>
            <button type="button" onClick={() => setLeaving(false)}>
              Stay
            </button>
          </div>
        </Ask>
      )}
    </header>
  );
}
