/** The papers behind documents and postings, and the lists that payments pay. */
export const fundPapersZh = {
  'fund.trace.batch': '发放批次 {{number}}',
  'fund.trace.batch.households': '{{number}}（{{count}} 户）',
  'fund.files.document': '文件原件',
  'fund.files.voucher': '凭证附件',
  'fund.files.none': '还没有附件。',
};

export const fundPapersEn: Record<keyof typeof fundPapersZh, string> = {
  'fund.trace.batch': 'Pay-out batch {{number}}',
  'fund.trace.batch.households': '{{number}} ({{count}} households)',
  'fund.files.document': 'The document itself',
  'fund.files.voucher': 'Papers of the posting',
  'fund.files.none': 'No files yet.',
};
