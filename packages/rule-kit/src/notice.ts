import type { Bilingual } from './bilingual.ts';

/** Ends every notice about a possible over-payment: the right to be heard, and that no machine decides. */
export function noticeToBeHeard(zh: string, en: string): Bilingual {
  return {
    zh: `${zh}这只是需要核实的线索，不是结论。您有权看到依据、说明情况、提交材料，也可以请人代为说明。在工作人员核实并作出决定之前，您的待遇照常发放，不会因为这条线索停发。`,
    en: `${en} This is a question to be checked, not a conclusion. You may see what it rests on, explain, hand in papers, and have someone speak for you. Until a person has checked and decided, your benefits go on being paid; this question alone stops nothing.`,
  };
}

/** Ends every letter to the unit that holds public money. */
export function noticeToUnit(zh: string, en: string): Bilingual {
  return {
    zh: `${zh}这只是需要核实的线索，不是结论。请说明情况并提供文件、凭证或影像；有正当原因的请一并说明。作出决定之前会听取你单位的意见。`,
    en: `${en} This is a question to be checked, not a conclusion. Please explain and send documents, vouchers or pictures, and name any good reason. Your unit is heard before anything is decided.`,
  };
}

/** Ends every notice about help that may be missing. */
export function noticeOfMissingHelp(zh: string, en: string): Bilingual {
  return {
    zh: `${zh}工作人员会主动与您联系核实，您不需要重复提交平台已有的材料。如果情况不符，请直接告诉我们；您现有的待遇不受影响。`,
    en: `${en} Someone will contact you to check; you need not hand in again what is already on file. If this is not so, please tell us. What you receive now is not affected.`,
  };
}
