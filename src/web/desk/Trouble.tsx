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
  const [view, setView] = useState<TroubleView | null>(null);
  const items = view?.items;
  useEffect(() => {
    api.get<TroubleView>('/trouble').then(
      (answer) => setView(answer),
      () => undefined,
    );
  }, [state.queue]);
  return (
    <section aria-label="Trouble">
      <h2>Trouble</h2>
      {view === null && <p>Loading …</p>}
      {view?.items.length === 0 && view.settings.length === 0 && <p>None.</p>}
      {view !== null && view.settings.length > 0 && <OldSettings settings={view.settings} />}
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

/** Prices, pages and hours that the assistant tells nobody any more: residents get a link instead. */
function OldSettings({ settings }: { readonly settings: TroubleView['settings'] }) {
  return (
    <>
      <h3>Council settings out of date</h3>
      <p>
        The assistant no longer tells these to anybody. Their owners should check them and renew the dates in the file.
      </p>
      <ul class="plain settings">
        {settings.map(({ path, owner, source, effectiveFrom, expiresOn }) => (
          <li key={path}>
            <strong>{path}</strong> {owner}: held from {effectiveFrom} to {expiresOn}.{' '}
            <a href={source} target="_blank" rel="noreferrer">
              Source of {path}
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}
