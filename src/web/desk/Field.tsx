import { useId } from 'preact/hooks';

interface FieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly type?: 'text' | 'email' | 'password';
  readonly value: string;
  readonly autocomplete: 'username' | 'current-password' | 'new-password' | 'name' | 'off';
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly onInput: (value: string) => void;
}

/** A labelled input; its hint is read with it. */
export function Field({ label, hint, type = 'text', value, autocomplete, minLength, maxLength, onInput }: FieldProps) {
  const id = useId();
  const rest = {
    id,
    value,
    required: true,
    autocomplete,
    ...(minLength === undefined ? {} : { minLength }),
    ...(maxLength === undefined ? {} : { maxLength }),
    ...(hint === undefined ? {} : { 'aria-describedby': `${id}-hint` }),
    onInput: (event: { readonly currentTarget: HTMLInputElement }) => onInput(event.currentTarget.value),
  };
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {hint !== undefined && <p id={`${id}-hint`}>{hint}</p>}
      {type === 'text' && <input type="text" {...rest} />}
      {type === 'email' && <input type="email" {...rest} />}
      {type === 'password' && <input type="password" {...rest} />}
    </div>
  );
}
