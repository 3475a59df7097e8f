import { useEffect, useState } from 'preact/hooks';
import type { AgentItem, Me } from '../../handoff/api';
import { AddAgent } from './AddAgent';
import type { Api } from './api';
import { Moment } from './Moment';

interface AccountsProps {
  readonly api: Api;
  readonly me: Me;
  readonly now: number;
}

/** Administrators add colleagues and hand each a one-time link. */
export function Accounts({ api, me, now }: AccountsProps) {
  const [agents, setAgents] = useState<readonly AgentItem[]>([]);
  const [link, setLink] = useState<{ readonly for: string; readonly link: string } | null>(null);
  const [problem, setProblem] = useState('');
  const load = async (): Promise<void> =>
    setAgents((await api.get<{ readonly agents: readonly AgentItem[] }>('/agents')).agents);
  const act = (work: () => Promise<unknown>): void => {
    setProblem('');
    work()
      .then(load)
      .catch((error: Error) => setProblem(error.message));
  };
  useEffect(() => act(async () => undefined), []);
  return (
    <section class="accounts" aria-label="Accounts">
      <h2>Accounts</h2>
      <p role="alert" class="problem">
        {problem}
      </p>
      <AddAgent
        api={api}
        onAdded={(name, given) => {
          setLink({ for: name, link: given });
          act(async () => undefined);
        }}
      />
      {link !== null && (
        <p class="link" role="status">
          One-time link for {link.for}, good for 24 hours. Hand it over by a safe way: <code>{link.link}</code>
        </p>
      )}
      <ul class="plain">
        {agents.map((agent) => (
          <Account
            key={agent.id}
            agent={agent}
            self={agent.id === me.id}
            now={now}
            onLink={() =>
              act(async () => {
                const given = await api.post<{ readonly link: string }>(`/agents/${agent.id}/link`);
                setLink({ for: agent.name, ...given });
              })
            }
            onSwitch={() => act(() => api.post(`/agents/${agent.id}/disabled`, { disabled: !agent.disabled }))}
          />
        ))}
      </ul>
    </section>
  );
}

interface AccountProps {
  readonly agent: AgentItem;
  /** Nobody switches themselves off. */
  readonly self: boolean;
  readonly now: number;
  readonly onLink: () => void;
  readonly onSwitch: () => void;
}

function Account({ agent, self, now, onLink, onSwitch }: AccountProps) {
  const state = agent.disabled ? ' · switched off' : agent.hasPassword ? '' : ' · has not used the link yet';
  const change = agent.disabled ? 'Switch on' : 'Switch off';
  return (
    <li>
      <p>
        <strong>{agent.name || 'Not set up'}</strong> · {agent.role} · {agent.email}
        {state}
        {agent.seenAt !== null && (
          <>
            {' '}
            · last here <Moment at={agent.seenAt} now={now} />
          </>
        )}
      </p>
      <div class="row">
        {!agent.disabled && (
          <button type="button" aria-label={`New link for ${agent.name}`} onClick={onLink}>
            New link
          </button>
        )}
        {!self && (
          <button type="button" aria-label={`${change} ${agent.name}`} onClick={onSwitch}>
            {change}
          </button>
        )}
      </div>
    </li>
  );
}
