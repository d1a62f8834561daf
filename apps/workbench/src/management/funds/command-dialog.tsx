import { CommandForm } from '@sunlit/ui';
import { Button, Modal } from 'antd';
import { useState, type ReactNode } from 'react';

interface CommandDialogProps<Values extends object> {
  label: string;
  primary?: boolean;
  danger?: boolean;
  size?: 'small' | 'large';
  initialValues?: Partial<Values>;
  pending: boolean;
  problem: unknown;
  onSubmit: (values: Values) => Promise<unknown>;
  children: ReactNode;
}

/** A button and the form of one command behind it. */
export function CommandDialog<Values extends object>(props: CommandDialogProps<Values>) {
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <>
      <Button
        type={props.primary ? 'primary' : 'default'}
        danger={props.danger}
        size={props.size}
        onClick={() => setOpen(true)}
      >
        {props.label}
      </Button>
      <Modal open={open} title={props.label} footer={null} onCancel={close} destroyOnHidden>
        <CommandForm<Values>
          initialValues={props.initialValues}
          submitLabel={props.label}
          submitting={props.pending}
          problem={props.problem}
          danger={props.danger}
          onCancel={close}
          onDone={close}
          onSubmit={props.onSubmit}
        >
          {props.children}
        </CommandForm>
      </Modal>
    </>
  );
}
