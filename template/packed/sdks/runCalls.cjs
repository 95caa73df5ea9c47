// Makes the calls of an SDK one after the other, and prints what came of each as JSON.
module.exports = async function runCalls(calls) {
  const results = []
  for (const [name, call] of Object.entries(calls)) {
    try {
      const answer = await call()
      const code = answer?.errcode
      results.push(code ? { name, said: `${code} ${answer.errmsg ?? ''}` } : { name })
    } catch (error) {
      results.push({ name, said: `${error?.code ?? error?.name ?? ''} ${error?.message ?? String(error)}` })
    }
  }
  process.stdout.write(JSON.stringify(results))
}
