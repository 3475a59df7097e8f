import { useState } from 'preact/hooks';
import type { Me } from '../../handoff/api';
import type { Api } from './api';
import { Field } from './Field';
import { useForm } from './useForm';

interface SignInProps {
  readonly api: Api;
  readonly problem: string;
  readonly onDone: (me: Me) => void;
}

export function SignIn({ api, problem, onDone }: SignInProps) {
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const form = useForm(async () => onDone(await api.post<Me>('/session', { email, password })), problem);
  return (
    <main class="gate">
      <h1>Desk</h1>
      <form onSubmit={form.onSubmit}>
        <p role="alert" class="problem">
          {form.problem}
        </p>
        <Field label="Email" type="email" value={email} autocomplete="username" onInput={setEmail} />
        <Field
          label="Password"
          type="password"
          value={password}
          autocomplete="current-password"
          onInput={setPassword}
        />
        <button type="submit" disabled={form.busy}>
          Sign in
        </button>
      </form>
      <p>No account, or the password is lost? An administrator of the desk can give you a one-time link.</p>
    </main>
  );
}
