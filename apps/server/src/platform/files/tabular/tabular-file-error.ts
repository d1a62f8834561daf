/** Why a file cannot be read as a table. The message catalogue holds what happened and the remedy for each code. */
export type TabularFileProblem =
  /** .xls or .et: save it as .xlsx */
  | 'old-spreadsheet'
  /** password on the spreadsheet or the archive: take it off, the platform protects what it stores */
  | 'encrypted'
  /** rar, 7z …: use zip */
  | 'archive-format'
  | 'archive-empty'
  | 'archive-several-files'
  /** unpacks to more than the limit: a mistake or an attack */
  | 'too-large'
  /** a web page or XML saved under a spreadsheet's name: open it and save it as .xlsx */
  | 'web-page'
  /** .xlsb, .ods, .pdf, .docx, an image … */
  | 'unsupported'
  /** a line of a million characters: a quote that never ends, or line breaks that were lost */
  | 'line-too-long'
  /** a formula that nobody has calculated yet: open the file, save it, send it again */
  | 'formula-without-value'
  | 'damaged'
  | 'empty'
  | 'no-header'
  | 'sheet-missing';

export class TabularFileError extends Error {
  readonly code: TabularFileProblem;

  constructor(code: TabularFileProblem, options?: ErrorOptions) {
    super(`The file cannot be read as a table: ${code}`, options);
    this.name = 'TabularFileError';
    this.code = code;
  }
}
