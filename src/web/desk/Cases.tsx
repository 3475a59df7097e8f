import { Fragment } from 'preact';
import type { CaseItem, Detail } from '../../handoff/api';
import { Moment } from './Moment';
import { plainName } from './words';

/** What was opened in this conversation, with what was said and what the rules decided on. */
export function Cases({ cases, now }: { readonly cases: readonly CaseItem[]; readonly now: number }) {
  return (
    <>
      <h3>Cases</h3>
      {cases.map((one) => (
        <section key={one.reference} class="case" aria-label={`Case ${one.reference}`}>
          <p>
            <strong>{one.reference}</strong> {plainName(one.service)}, {one.status}, opened{' '}
            <Moment at={one.openedAt} now={now} />
            {one.dueAt !== null && one.status === 'open' && (
              <>
                , due <Moment at={one.dueAt} now={now} />
              </>
            )}
          </p>
          <Details title="Said" details={one.answers} />
          <Details title="Decided on" details={one.facts} />
        </section>
      ))}
    </>
  );
}

function Details({ title, details }: { readonly title: string; readonly details: readonly Detail[] }) {
  if (details.length === 0) return null;
  return (
    <>
      <h4>{title}</h4>
      <dl class="stacked">
        {details.map(({ name, value }) => (
          <Fragment key={name}>
            <dt>{plainName(name)}</dt>
            <dd dir="auto">{value}</dd>
          </Fragment>
        ))}
      </dl>
    </>
  );
}
