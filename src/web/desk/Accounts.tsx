import { useEffect, useState } from 'preact/hooks';
import type { AgentItem, Me, Role } from '../../handoff/api';
import type { Api } from './api';
import { Field } from './Field';
import { Moment } from './Moment';
import { useForm } from './useForm';

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
  const act = (work: () => Promise<void>): void => {
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
          <li key={agent.id}>
            <p>
              <strong>{agent.name || 'Not set up'}</strong> · {agent.role} · {agent.email}
              {agent.disabled ? ' · switched off' : agent.hasPassword ? '' : ' · has not used the link yet'}
              {agent.seenAt !== null && (
                <>
                  {' '}
                  · last here <Moment at={agent.seenAt} now={now} />
                </>
              )}
            </p>
            <div class="row">
              {!agent.disabled && (
                <button
                  type="button"
                  aria-label={`New link for ${agent.name}`}
                  onClick={() =>
                    act(async () =>
                      setLink({
                        for: agent.name,
                        ...(await api.post<{ readonly link: string }>(`/agents/${agent.id}/link`)),
                      }),
                    )
                  }
                >
                  New link
                </button>
              )}
              {agent.id !== me.id && (
                <button
                  type="button"
                  aria-label={`${agent.disabled ? 'Switch on' : 'Switch off'} ${agent.name}`}
                  onClick={() =>
                    act(async () => api.post(`/agents/${agent.id}/disabled`, { disabled: !agent.disabled }))
                  }
                >
                  {agent.disabled ? 'Switch on' : 'Switch off'}
                </button>
              )}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

const ROLES: readonly Role[] = ['agent', 'supervisor', 'admin'];

function AddAgent({ api, onAdded }: { readonly api: Api; readonly onAdded: (name: string, link: string) => void }) {
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('agent');
  const [languages, setLanguages] = useState('en');
  const form = useForm(async () => {
    const spoken = languages.split(/[\s,]+/).filter((tag) => tag !== '');
    const { link } = await api.post<{ readonly link: string }>('/agents', { name, email, role, languages: spoken });
    onAdded(name, link);
    setName('');
    setEmail('');
  });
  return (
    <form onSubmit={form.onSubmit}>
      <h3>Add a colleague</h3>
      <p role="alert" class="problem">
        {form.problem}
      </p>
      <Field label="Name" value={name} autocomplete="off" maxLength={80} onInput={setName} />
      <Field label="E-mail" type="email" value={email} autocomplete="off" onInput={setEmail} />
      <Field
        label="Languages"
        hint="Codes, such as en, pl"
        value={languages}
        autocomplete="off"
        onInput={setLanguages}
      />
      <div class="field">
        <label>
          Role{' '}
          <select value={role} onChange={(event) => setRole(event.currentTarget.value as Role)}>
            {ROLES.map((one) => (
              <option key={one} value={one}>
                {one}
              </option>
            ))}
          </select>
        </label>
      </div>
      <button type="submit" disabled={form.busy}>
        Add and make a link
      </button>
    </form>
  );
}
