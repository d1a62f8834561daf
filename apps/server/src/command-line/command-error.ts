/** A reason the operator can mend, in one clear sentence. */
export class CommandError extends Error {}

/** The command was called wrongly: exit code 2. */
export class UsageError extends CommandError {}
