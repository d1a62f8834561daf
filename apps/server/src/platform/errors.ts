/** Every error the product can name, once: status, and what the reader is told in zh-CN and en. */
const table = {
  'request-invalid': [400, '填写的内容有误，请按提示修改。', 'Something in the request is not right; see the fields.'],
  'sign-in-required': [401, '请先登录。', 'Please sign in first.'],
  'sign-in-failed': [401, '用户名或密码不正确。', 'User name or password is not correct.'],
  'totp-wrong': [401, '动态验证码不正确或已过期，请重新输入。', 'The one-time code is wrong or has expired.'],
  'totp-setup-required': [403, '请先在“个人设置”里启用动态验证码，再办理这项业务。', 'Set up one-time codes under “Personal settings” first.'],
  'account-locked': [423, '登录失败次数过多，账号已暂时锁定，请稍后再试。', 'Too many failed sign-ins; the account is locked for a while.'],
  'not-permitted': [403, '您的岗位没有这项权限。如需办理，请联系系统管理员。', 'Your role does not include this. Ask the system administrator.'],
  'outside-region': [403, '这项业务不在您负责的区划内。', 'This is outside the region you are responsible for.'],
  'conflict-of-interest': [403, '您与此事有关，须由他人办理。', 'You are concerned with this matter; somebody else must handle it.'],
  'cross-site': [403, '请求来源不明，已拒绝。', 'The request came from another site and was refused.'],
  'not-found': [404, '没有找到，可能已删除或不在您负责的区划内。', 'Not found, or outside your region.'],
  'version-conflict': [409, '内容已被他人更新，请刷新后再改；您填写的内容没有丢失。', 'Somebody changed this meanwhile; reload and try again.'],
  'command-mismatch': [409, '同一操作编号已用于另一项操作。', 'This command id was already used for something else.'],
  'wrong-state': [409, '当前状态下不能进行这一步。', 'This step is not possible in the present state.'],
  'already-exists': [409, '已经存在，无需重复办理。', 'It already exists.'],
  'not-registered': [409, '此人现在没有登记在任何一户。', 'The person is registered in no household at present.'],
  'letter-ended': [409, '这封查询信已经失效。', 'This letter is no longer good.'],
  'funds-insufficient': [409, '可用资金不足：这笔钱没有那么多余额，没有记账。请核对金额和余额。', 'There is not that much money there; nothing was posted. Check the amount and the balance.'],
  'file-refused': [422, '文件无法接收。', 'The file cannot be accepted.'],
  'too-large': [413, '文件太大。', 'The file is too large.'],
  'rule-unknown': [404, '没有这条规则。', 'There is no such rule.'],
  'not-ready': [503, '系统正在准备，请稍候。', 'The system is getting ready.'],
  internal: [500, '系统出错，已记录。请稍后再试，或把请求编号告诉管理员。', 'Something went wrong and was recorded. Try again later or tell the administrator the request number.'],
} as const satisfies Record<string, readonly [number, string, string]>;

export type ErrorCode = keyof typeof table;

export interface FieldProblem {
  path: string;
  message: string;
}

/**
 * The one error the product throws. `detail` says what happened and what to do, in the reader's language where known;
 * it must never hold a personal value.
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly detail: string | undefined;
  readonly fields: FieldProblem[] | undefined;

  constructor(code: ErrorCode, detail?: string, options: { cause?: unknown; fields?: FieldProblem[] } = {}) {
    super(detail ?? code, { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.detail = detail;
    this.fields = options.fields;
  }
}

export function statusOf(code: ErrorCode): number {
  return table[code][0];
}

export function messageOf(code: ErrorCode, locale: 'zh-CN' | 'en'): string {
  return table[code][locale === 'en' ? 2 : 1];
}
