/** Something that the person can put right: it is told in these words, without a stack. */
export class Mistake extends Error {
  readonly exitCode: 1 | 2

  /** @param exitCode 2: the command or the file is wrong. 1: what it asks for is not possible now */
  constructor(message: string, exitCode: 1 | 2 = 2) {
    super(message)
    this.name = 'Mistake'
    this.exitCode = exitCode
  }
}
