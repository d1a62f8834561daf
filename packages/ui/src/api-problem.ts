/** One field of a refused command, in plain words. `path` is the dotted path inside the body. */
export interface ProblemField {
  readonly path: string;
  readonly message: string;
}

/** An answer in problem+json: what happened, why it matters, what to do. `status` 0 means the server was not reached. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly fields: readonly ProblemField[];

  constructor(problem: {
    status: number;
    code: string;
    title: string;
    detail?: string;
    fields?: readonly ProblemField[];
  }) {
    super(problem.title);
    this.name = 'ApiProblem';
    this.status = problem.status;
    this.code = problem.code;
    this.title = problem.title;
    this.detail = problem.detail ?? '';
    this.fields = problem.fields ?? [];
  }
}

function readFields(value: unknown): ProblemField[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((entry: unknown) => {
    if (typeof entry !== 'object' || entry === null) return [];
    const { path, field, message, detail } = entry as Record<string, unknown>;
    const where = Array.isArray(path) ? path.join('.') : String(path ?? field ?? '');
    return [{ path: where, message: String(message ?? detail ?? '') }];
  });
}

/** Reads any failed answer; one that is not problem+json (a proxy's page, say) still becomes a problem. */
export async function readProblem(response: Response): Promise<ApiProblem> {
  let body: Record<string, unknown> = {};
  try {
    body = (await response.json()) as Record<string, unknown>;
  } catch {
    // The status alone then says what happened.
  }
  return new ApiProblem({
    status: response.status,
    code: typeof body.code === 'string' ? body.code : `http-${response.status}`,
    title: typeof body.title === 'string' ? body.title : response.statusText,
    detail: typeof body.detail === 'string' ? body.detail : undefined,
    fields: readFields(body.fields ?? body.errors),
  });
}
