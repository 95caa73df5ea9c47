import { findProgram } from './redisServer.ts'

/** Before all tests, so that two of them don't install it at the same time. Without it only those that need it fail. */
export default function setup(): void {
  try {
    findProgram()
  } catch {
    // told by the tests that need it
  }
}
