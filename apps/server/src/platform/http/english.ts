/**
 * English of what the server says in Chinese: the Chinese text is the key, `{}` stands for a value. A test finds every
 * message in the source that is missing here.
 */
const english: Record<string, string> = {
  '这个区划正在比对，请等它完成，或先停止它。': 'This division is being cross-checked; wait until it is done, or stop it first.',
  '涉公职人员的疑点在要求说明之前不发通知。': 'No notice about an official is given before an answer is asked for.',
  '这条疑点已派给别人，或还没有派单；请由承办人办理。': 'This finding is assigned to somebody else or to nobody; its assignee must act.',
  '只有在核实中或等待说明时才能记录户方说明。': 'The household’s answer can be recorded while verifying or waiting for it.',
  '附件不能超过 20 MB。': 'An attachment may have 20 MB at most.',
  '没有这个人，或其账号已停用。': 'There is no such person, or the account is inactive.',
  '翻页标记无效，请从第一页重新查看。': 'This place in the list is not valid; begin again from the first page.',
  '上传没有完成，请重新选择文件上传。': 'The upload did not arrive whole; choose the file and upload it again.',
  '没有一行可以写入。请按清单改好后重新上传。': 'There is no row to write. Correct the file by the list and upload it again.',
  '没有登记这一项。': 'This is not on record.',
  '此人已不在户内。': 'This person has already left the household.',
  '不能早于入户日期 {}。': 'Not before the day of joining, {}.',
  '须晚于现身份的起始日 {}。': 'Must be after {}, when the present status began.',
  '完整证件号不能放在网址里；请输入后四位，或用“按证件号查找”。': 'A whole identity number may not stand in an address; give the last four, or look up by number.',
  '请输入后四位。': 'Give the last four.',
  '证件号码不正确，请核对。': 'The identity number is not right; please check it.',
  '手机号码应为 11 位数字。': 'A mobile number has 11 digits.',
  '不能修改自己的角色和状态，请由另一位系统管理员办理。': 'Nobody changes their own roles or state; ask another system administrator.',
  '系统、安全、审计管理员须由不同的人担任，且不兼任业务岗位。': 'System, security and audit administrator are different people, with no other post.',
  '有不存在的角色。': 'One of these roles does not exist.',
  '这个用户名已被使用。': 'This user name is taken.',
  '文件缺少必需的列，无法接收；请退回，由供数单位补齐后重新报送。': 'The file lacks required columns and cannot be accepted; return it, so that the provider completes and delivers it again.',
  '自己提出的参数须由另一人审定。': 'A value is approved by somebody else than its proposer.',
  '这一天起的数值已经有了，请换一个生效日期。': 'There is already a value from this day; choose another day.',
  '与那一天已经生效的数值相同，没有改动。': 'The same as what is in force on that day: nothing would change.',
  '没有这一项政策参数。': 'There is no such policy value.',
  '数值不符合这一项参数的格式和范围。': 'The value does not have the form and range of this parameter.',
  '已经答复过了。': 'It has been answered already.',
  '数据日期不能晚于今天。': 'The date of the data may not be later than today.',
  '没有这条送不到的事件，或已处理。': 'There is no such undelivered event, or it has been dealt with.',
  '用户名由小写字母、数字、点和短横组成，3 到 40 个字符，以字母开头。': 'A user name has 3 to 40 small letters, digits, dots and hyphens, and begins with a letter.',
  '没有这个部门。': 'There is no such department.',
  '没有这个服务账号，或不在您负责的区划内。': 'There is no such service account, or it is outside your region.',
  '这个服务账号已经停用。': 'This service account has been revoked already.',
  '没有这个区划。': 'There is no such division.',
  '请选择是哪一种正当原因。': 'Choose which excuse applies.',
  '还没有记录户方的说明。认定属实之前须听取说明；确实无法听取的，请写明原因。': 'The household’s answer is not on record. It must be heard before a finding is confirmed; if that is impossible, say why.',
  '不在可选范围内。': 'This is not one of the choices.',
  '请填写这份表格是哪一天的情况，例如 2026-10-31。': 'Say which day this table describes, for example 2026-10-31.',
  '没有这个字段。': 'There is no such field.',
  '操作编号不正确。': 'The command id is not right.',
  '缺少操作编号。': 'The command id is missing.',
  '没有这一数据种类。': 'There is no such kind of data.',
  '请填写数据截止日期，不能晚于今天。': 'Give the date of the data, not later than today.',
  '请选择要上传的文件。': 'Choose a file to upload.',
  '请选择要上传的文件；空文件无法接收。': 'Choose a file to upload; an empty file cannot be accepted.',
  '有 {} 行存在错误，所以一行也没有写入。请按清单改好后重新上传，或选择只写入没有错误的行。': '{} rows have errors, so nothing was written. Correct them by the list and upload again, or choose to write the rows without errors.',
  '没有找到。': 'Not found.',
  '您与该户有关，须由他人派单。': 'You are concerned with this household; somebody else must assign it.',
  '当前状态不能派单。': 'It cannot be assigned in its present state.',
  '此人的岗位不能核实疑点。': 'This person’s role cannot verify findings.',
  '不在此人负责的区划内。': 'It is outside this person’s region.',
  '涉公职人员的疑点只能派给纪检监督岗位。': 'A finding about an official goes to discipline inspection only.',
  '文件已过保存期并删除，请重新上传。': 'The file was deleted after its term; upload it again.',
  '这份授权已经撤回。': 'This authorisation has been withdrawn already.',
  '已经附有签字材料，不能替换。': 'A signed paper is attached already and cannot be replaced.',
  '这份文件已过保存期并删除，请退回，由供数单位重新报送。': 'The file was deleted after its term; return the delivery, so that the provider delivers again.',
  '两列不能对应同一个字段。': 'Two columns cannot mean the same field.',
  '文件里没有这一列。': 'The file has no such column.',
  '只能选择需要本人授权的数据。': 'Choose only data that need an authorisation.',
  '签字日期不能晚于今天。': 'The day of signing may not be later than today.',
  '不能早于签字日期。': 'Not before the day of signing.',
  '不能早于签字日期 {}。': 'Not before the day of signing, {}.',
  '请填写代签人姓名。': 'Give the name of who signed.',
  '撤回日期不能晚于今天。': 'The day of withdrawal may not be later than today.',
  '此人与该户有关，须回避。': 'This person is concerned with the household and must stand aside.',
};

const patterns = Object.entries(english)
  .filter(([text]) => text.includes('{}'))
  .map(([text, translation]) => ({ pattern: new RegExp(`^${text.split('{}').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('(.*)')}$`), translation }));

/** The message in the reader's language; Chinese when there is no English for it. */
export function inLocale(text: string, locale: 'zh-CN' | 'en'): string {
  if (locale !== 'en') return text;
  const exact = english[text];
  if (exact !== undefined) return exact;
  for (const { pattern, translation } of patterns) {
    const match = pattern.exec(text);
    if (match) return match.slice(1).reduce((result, value) => result.replace('{}', value), translation);
  }
  return text;
}
