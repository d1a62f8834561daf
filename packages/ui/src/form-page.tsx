import { Alert, Button, Form, Space } from 'antd';
import { useEffect, useRef, type ReactNode } from 'react';
import { ApiProblem } from './api-problem.ts';
import { describeProblem } from './error-state.tsx';
import { useUiText } from './i18n.ts';

export interface CommandFormProps<Values extends object> {
  initialValues?: Partial<Values>;
  submitLabel: string;
  onSubmit: (values: Values) => Promise<unknown>;
  onDone?: () => void;
  onCancel?: () => void;
  submitting?: boolean;
  problem?: unknown;
  danger?: boolean;
  children: ReactNode;
}

/**
 * A form that sends one command. Nothing typed is lost when the server refuses: its words are shown above, and at
 * each field it names.
 */
export function CommandForm<Values extends object>(props: CommandFormProps<Values>) {
  const text = useUiText();
  const [form] = Form.useForm<Values>();
  const { problem } = props;
  const fieldsRef = useRef<HTMLDivElement>(null);

  // In a dialog typing begins at the first field, not at the cross that closes it; on a phone the keyboard stays down.
  useEffect(() => {
    const fields = fieldsRef.current;
    if (!fields?.closest('[role=dialog]') || !window.matchMedia('(pointer: fine)').matches) return;
    fields.querySelector<HTMLElement>('input:not([type=file]):enabled, textarea:enabled')?.focus();
  }, []);

  useEffect(() => {
    if (!(problem instanceof ApiProblem)) return;
    const fields = problem.fields.map((field) => ({
      name: field.path.replace(/^body\./, '').split('.'),
      errors: [field.message],
    }));
    form.setFields(fields as never);
  }, [problem, form]);

  return (
    <Form<Values>
      form={form}
      layout="vertical"
      initialValues={props.initialValues as never}
      scrollToFirstError
      onFinish={(values) => {
        props.onSubmit(values).then(
          () => props.onDone?.(),
          () => undefined, // shown through `problem`
        );
      }}
    >
      {problem ? <ProblemAlert problem={problem} /> : null}
      <div ref={fieldsRef}>{props.children}</div>
      <Space wrap>
        <Button type="primary" danger={props.danger} htmlType="submit" loading={props.submitting}>
          {props.submitLabel}
        </Button>
        {props.onCancel ? <Button onClick={props.onCancel}>{text('ui.cancel')}</Button> : null}
      </Space>
    </Form>
  );
}

export function ProblemAlert({ problem }: { problem: unknown }) {
  const text = useUiText();
  const { title, detail } = describeProblem(problem, text);
  return (
    <Alert
      role="alert"
      type="error"
      showIcon
      title={title || text('ui.form.failed')}
      description={detail}
      style={{ marginBottom: 16 }}
    />
  );
}

/** A form on a page of its own, at a reading width. */
export function FormPage({ title, answer, children }: { title: ReactNode; answer?: ReactNode; children: ReactNode }) {
  return (
    <article className="page narrow">
      <header className="page-head">
        <div>
          <h1>{title}</h1>
          {answer ? <p className="answer">{answer}</p> : null}
        </div>
      </header>
      {children}
    </article>
  );
}
