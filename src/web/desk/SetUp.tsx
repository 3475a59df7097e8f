import { useEffect, useState } from 'preact/hooks';
import { MAX_PASSWORD, type Me, MIN_PASSWORD } from '../../handoff/api';
import type { Api } from './api';
import { Field } from './Field';
import { useForm } from './useForm';

interface SetUpProps {
  readonly api: Api;
  readonly token: string;
  readonly onDone: (me: Me) => void;
  readonly onLeave: () => void;
}

/** What a one-time link opens: name, e-mail and password of the account. */
export function SetUp({ api, token, onDone, onLeave }: SetUpProps) {
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [dead, setDead] = useState('');
  useEffect(() => {
    api.post<{ readonly name: string; readonly email: string }>('/link', { token }).then(
      (account) => {
        setName(account.name);
        setEmail(account.email);
      },
      (error: Error) => setDead(error.message),
    );
  }, [token]);
  const form = useForm(async () => onDone(await api.post<Me>('/link/use', { token, name, email, password })));
  if (dead !== '')
    return (
      <main class="gate">
        <h1>Desk</h1>
        <p role="alert" class="problem">
          {dead}
        </p>
        <button type="button" onClick={onLeave}>
          Go to sign-in
        </button>
      </main>
    );
  return (
    <main class="gate">
      <h1>Set up your account</h1>
      <form onSubmit={form.onSubmit}>
        <p role="alert" class="problem">
          {form.problem}
        </p>
        <Field
          label="Name"
          hint="Residents see it."
          value={name}
          autocomplete="name"
          maxLength={80}
          onInput={setName}
        />
        <Field label="Email" type="email" value={email} autocomplete="username" onInput={setEmail} />
        <Field
          label="Password"
          hint={`${MIN_PASSWORD} characters or more. Three or four words that do not belong together are good.`}
          type="password"
          value={password}
          autocomplete="new-password"
          minLength={MIN_PASSWORD}
          maxLength={MAX_PASSWORD}
          onInput={setPassword}
        />
        <button type="submit" disabled={form.busy}>
          Save and sign in
        </button>
      </form>
    </main>
  );
}
