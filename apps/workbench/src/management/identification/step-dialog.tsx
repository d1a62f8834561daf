import { takeProcedureStep, type ProcedureView, type StepForm } from '@sunlit/api-spec';
import { todayLocal, useCommand } from '@sunlit/ui';
import type { ReactNode } from 'react';
import { CommandDialog } from '../funds/command-dialog.tsx';

type Values = Record<string, unknown>;

interface StepDialogProps {
  procedure: ProcedureView;
  label: string;
  primary?: boolean;
  danger?: boolean;
  initialValues?: Values;
  /** what was typed, as the step's form */
  read: (values: Values) => StepForm;
  children: ReactNode;
}

/** One step of the procedure: its form, sent with the version the reader saw. Fields stand under `form`, as the server names them. */
export function StepDialog(props: StepDialogProps) {
  const take = useCommand(takeProcedureStep);
  const { id, version } = props.procedure;
  return (
    <CommandDialog<{ form: Values }>
      label={props.label}
      primary={props.primary}
      danger={props.danger}
      size="large"
      initialValues={{ form: props.initialValues ?? {} }}
      pending={take.isPending}
      problem={take.error}
      onSubmit={({ form }) =>
        take.mutateAsync({ params: { id }, body: { expectedVersion: version, form: props.read(form ?? {}) } })
      }
    >
      {props.children}
    </CommandDialog>
  );
}

export const onToday = (name: string) => ({ [name]: todayLocal() });
