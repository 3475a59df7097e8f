import { Cases } from './Cases';
import { Moment } from './Moment';
import type { Thread } from './thread';
import { channelName, languageName, OUTCOME_NAMES, plainName } from './words';

/** What a colleague would say on handing over: the ask, what is known and how surely, and what there was before. */
export function Briefing({ thread, now }: { readonly thread: Thread; readonly now: number }) {
  const { briefing } = thread;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <aside class="briefing" aria-label="Briefing" tabIndex={0}>
      <h2>Briefing</h2>
      {briefing === null ? (
        <p>Nobody has asked for a person here.</p>
      ) : (
        <dl>
          <Row name="Ask">
            <span dir="auto">{briefing.ask}</span>
          </Row>
          <Row name="Why">{plainName(briefing.reason)}</Row>
          {briefing.service !== null && <Row name="Service">{plainName(briefing.service)}</Row>}
          <Row name="Language">{briefing.language === null ? 'Not known yet' : languageName(briefing.language)}</Row>
          <Row name="Channel">{channelName(thread.channel)}</Row>
          {briefing.contact !== null && <Row name="Contact">{briefing.contact}</Row>}
          <Row name="Asked">
            <Moment at={briefing.requestedAt} now={now} />
          </Row>
        </dl>
      )}
      {briefing !== null && briefing.facts.length > 0 && <Facts facts={briefing.facts} />}
      {thread.cases.length > 0 && <Cases cases={thread.cases} now={now} />}
      {thread.earlier.length > 0 && <Earlier thread={thread} now={now} />}
    </aside>
  );
}

function Row({ name, children }: { readonly name: string; readonly children: preact.ComponentChildren }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

type FactList = NonNullable<Thread['briefing']>['facts'];

function Facts({ facts }: { readonly facts: FactList }) {
  return (
    <>
      <h3>Facts</h3>
      <dl class="stacked">
        {facts.map((fact) => (
          <Row key={fact.name} name={plainName(fact.name)}>
            <span dir="auto">{fact.value}</span>{' '}
            <span class={`source ${fact.source}`}>{fact.source === 'verified' ? 'verified' : 'said'}</span>
          </Row>
        ))}
      </dl>
    </>
  );
}

function Earlier({ thread, now }: { readonly thread: Thread; readonly now: number }) {
  return (
    <>
      <h3>Before</h3>
      <ul class="plain">
        {thread.earlier.map((item) => (
          <li key={item.handoffId}>
            <Moment at={item.requestedAt} now={now} />: <span dir="auto">{item.ask}</span>
            {item.outcome !== null && ` (${OUTCOME_NAMES[item.outcome as keyof typeof OUTCOME_NAMES] ?? item.outcome})`}
          </li>
        ))}
      </ul>
    </>
  );
}
