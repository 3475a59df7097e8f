import { useEffect, useState } from 'preact/hooks';
import type { TroubleView } from '../../handoff/api';
import type { Api } from './api';
import type { Controller } from './controller';
import { Moment } from './Moment';
import type { State } from './state';

interface TroubleProps {
  readonly api: Api;
  readonly state: State;
  readonly controller: Controller;
  readonly now: number;
}

/** Messages that could not be answered, and messages that did not, or may not, have arrived. */
export function Trouble({ api, state, controller, now }: TroubleProps) {
  const [items, setItems] = useState<TroubleView['items'] | null>(null);
  useEffect(() => {
    api.get<TroubleView>('/trouble').then(
      (answer) => setItems(answer.items),
      () => undefined,
    );
  }, [state.queue]);
  return (
    <section aria-label="Trouble">
      <h2>Trouble</h2>
      {items === null && <p>Loading …</p>}
      {items?.length === 0 && <p>None.</p>}
      <ul>
        {items?.map(({ id, what, state, at, reason, conversationId }) => (
          <li key={id}>
            <button
              type="button"
              class="item"
              disabled={conversationId === null}
              onClick={() => controller.open(conversationId)}
            >
              <span class="lane">
                <Moment at={at} now={now} />
              </span>
              <strong>
                {what === 'inbound'
                  ? 'Could not be answered'
                  : state === 'maybe'
                    ? 'Perhaps not delivered'
                    : 'Not delivered'}
              </strong>
              <span class="facts">{reason}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
