import { useEffect, useState } from 'preact/hooks';
import type { HandoffItem } from '../../handoff/api';
import type { Api } from './api';
import { Closing } from './Closing';
import type { Controller } from './controller';
import { Moment } from './Moment';
import type { State } from './state';
import { channelName, OUTCOME_NAMES } from './words';

interface PastListProps {
  readonly kind: 'messages' | 'history';
  readonly api: Api;
  readonly state: State;
  readonly controller: Controller;
  readonly now: number;
}

/** Messages and callbacks to answer, or chats that are over. */
export function PastList({ kind, api, state, controller, now }: PastListProps) {
  const [items, setItems] = useState<readonly HandoffItem[] | null>(null);
  const [doing, setDoing] = useState<HandoffItem | null>(null);
  const load = (): void => {
    api.get<{ readonly items: readonly HandoffItem[] }>(`/${kind}`).then(
      (answer) => setItems(answer.items),
      // Not "None": nobody knows. The next news of the queue tries again.
      () => undefined,
    );
  };
  useEffect(load, [kind, state.queue]);
  return (
    <section aria-label={kind === 'messages' ? 'Messages to answer' : 'History'}>
      <h2>{kind === 'messages' ? 'Messages to answer' : 'History'}</h2>
      {items === null && <p>Loading …</p>}
      {items?.length === 0 && <p>None.</p>}
      <ul>
        {items?.map((item) => (
          <li key={item.handoffId}>
            <button type="button" class="item" onClick={() => controller.open(item.conversationId)}>
              <span class="lane">
                <Moment at={item.closedAt ?? item.requestedAt} now={now} />
              </span>
              <strong dir="auto">{item.ask}</strong>
              <span class="facts">{factsOf(item)}</span>
            </button>
            {kind === 'messages' && (
              <button type="button" aria-label={`Done: ${item.ask}`} onClick={() => setDoing(item)}>
                Done
              </button>
            )}
          </li>
        ))}
      </ul>
      {doing !== null && (
        <Closing
          title="Message dealt with"
          onCancel={() => setDoing(null)}
          onDone={(outcome, remark) => {
            setDoing(null);
            void controller.done(doing, outcome, remark);
          }}
        />
      )}
    </section>
  );
}

function factsOf(item: HandoffItem): string {
  const outcome =
    item.outcome === null ? null : (OUTCOME_NAMES[item.outcome as keyof typeof OUTCOME_NAMES] ?? item.outcome);
  return [channelName(item.channel), item.contact, outcome, item.agent]
    .filter((one) => one !== null && one !== '')
    .join(' · ');
}
