import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Me } from '../../handoff/api';
import { Accounts } from './Accounts';
import type { Api } from './api';
import { Briefing } from './Briefing';
import { Conversation } from './Conversation';
import { type Controller, createController } from './controller';
import { PastList } from './PastList';
import { Queue } from './Queue';
import { type State, type Tab, unread } from './state';
import { TopBar } from './TopBar';
import { Trouble } from './Trouble';
import { useNow } from './useNow';

interface DeskProps {
  readonly api: Api;
  readonly me: Me;
  readonly onSignedOut: () => void;
}

/** Three panes on a wide screen, one on a phone. */
export function Desk({ api, me, onSignedOut }: DeskProps) {
  const controller = useMemo(() => createController(api, me, onSignedOut), [api, me.id]);
  const [state, setState] = useState(controller.state);
  useEffect(() => {
    const stop = controller.subscribe(() => setState(controller.state()));
    setState(controller.state());
    return () => {
      stop();
      controller.stop();
    };
  }, [controller]);
  const now = useNow(state.offset);
  const lists = useRef<HTMLDivElement>(null);
  const before = useRef(state.openId);
  // Back from a conversation that is gone: the focus must not be lost with it.
  useEffect(() => {
    if (state.openId === null && before.current !== null) lists.current?.focus();
    before.current = state.openId;
  }, [state.openId]);
  const news = unread(state).length;
  const waiting = state.queue?.waitingCount ?? 0;
  useEffect(() => {
    const count = news + waiting;
    document.title = `${count > 0 ? `(${count}) ` : ''}Desk – ${me.council}`;
  }, [news, waiting]);
  return (
    <div class="desk" data-open={state.openId === null ? 'no' : 'yes'}>
      <TopBar state={state} controller={controller} />
      <p role="status" class="unseen">
        {state.news}
      </p>
      {!state.connected && (
        <p class="banner" role="status">
          Connection lost. Coming back …
        </p>
      )}
      <div role="alert">
        {state.problem !== '' && (
          <p class="banner problem">
            {state.problem}{' '}
            <button type="button" onClick={controller.dismiss}>
              Dismiss
            </button>
          </p>
        )}
      </div>
      <main class="panes">
        <div class="lists" ref={lists} tabIndex={-1}>
          <Lists tab={state.tab} state={state} controller={controller} now={now} api={api} />
        </div>
        {state.openId !== null && state.thread === null && <p class="loading">Loading …</p>}
        {state.thread !== null && (
          <>
            <Conversation key={state.thread.id} state={state} thread={state.thread} controller={controller} now={now} />
            <Briefing thread={state.thread} now={now} />
          </>
        )}
        {state.openId === null && <p class="loading hint">Choose somebody who is waiting, or one of your chats.</p>}
      </main>
    </div>
  );
}

interface ListsProps {
  readonly tab: Tab;
  readonly state: State;
  readonly controller: Controller;
  readonly now: number;
  readonly api: Api;
}

function Lists({ tab, state, controller, now, api }: ListsProps) {
  if (tab === 'messages')
    return <PastList key={tab} kind="messages" api={api} state={state} controller={controller} now={now} />;
  if (tab === 'history')
    return <PastList key={tab} kind="history" api={api} state={state} controller={controller} now={now} />;
  if (tab === 'trouble') return <Trouble api={api} state={state} controller={controller} now={now} />;
  if (tab === 'accounts') return <Accounts api={api} me={state.me} now={now} />;
  return <Queue state={state} controller={controller} now={now} />;
}
