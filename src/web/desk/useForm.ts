import { useState } from 'preact/hooks';

export interface FormState {
  readonly busy: boolean;
  readonly problem: string;
  readonly onSubmit: (event: Event) => void;
}

/** One submission at a time; what went wrong is kept to be shown. */
export function useForm(submit: () => Promise<void>, firstProblem = ''): FormState {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState(firstProblem);
  const run = async (): Promise<void> => {
    setBusy(true);
    setProblem('');
    try {
      await submit();
    } catch (error) {
      setProblem(error instanceof TypeError ? 'The server cannot be reached.' : (error as Error).message);
    } finally {
      setBusy(false);
    }
  };
  return {
    busy,
    problem,
    onSubmit(event) {
      event.preventDefault();
      if (!busy) void run();
    },
  };
}
