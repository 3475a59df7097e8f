import { useState } from 'preact/hooks';
import type { Role } from '../../handoff/api';
import type { Api } from './api';
import { Field } from './Field';
import { useForm } from './useForm';

const ROLES: readonly Role[] = ['agent', 'supervisor', 'admin'];

interface AddAgentProps {
  readonly api: Api;
  readonly onAdded: (name: string, link: string) => void;
}

/** A new account, and the one-time link its owner needs. */
export function AddAgent({ api, onAdded }: AddAgentProps) {
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
      <Field label="Email" type="email" value={email} autocomplete="off" onInput={setEmail} />
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
