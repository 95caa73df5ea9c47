import { takePaths } from './sandboxHosts.mjs'

/**
 * Makes the calls of an SDK one after the other, and prints what came of each as JSON.
 *
 * @param calls functions, by the name that the table shows
 */
export async function runCalls(calls) {
  const results = []
  for (const [name, call] of Object.entries(calls)) {
    const said = await outcomeOf(call)
    // What comes first is a token, where there is none yet.
    const path = takePaths().at(-1)
    results.push({ name, path, said })
  }
  process.stdout.write(`${JSON.stringify(results)}\n`)
}

/** Nothing where WeChat did what it was asked for, else what it said. */
async function outcomeOf(call) {
  try {
    const answer = await call()
    return answer?.errcode ? `${answer.errcode} ${answer.errmsg}` : undefined
  } catch (error) {
    return `${error?.code ?? error?.name ?? ''} ${error?.message ?? String(error)}`
  }
}
