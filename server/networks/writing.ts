import type { AppError } from '#shared/errors.ts'
import { type Database, ExpectationFailed, type Statement } from '../db/database.ts'

/** Writes all or nothing. Where a statement finds that the rows are not as it expects, `refusal` says what that means. */
export async function writeUnless(
  db: Database,
  refusal: (statement: number, count: number) => AppError,
  statements: readonly Statement[],
): Promise<void> {
  try {
    await db.write(statements)
  } catch (failure) {
    if (failure instanceof ExpectationFailed) throw refusal(failure.statement, statements.length)
    throw failure
  }
}
