import { createCredentials, type Credentials } from '../credentials.ts'
import { WechatApiError } from '../errors.ts'
import { ModelRules, type Judged } from './modelRules.ts'
import { ModelStore, STORE_FAULTS, type StoreLink } from './modelStore.ts'
import { ModelWechat, OUTAGES, TICKET, TOKEN } from './modelWechat.ts'
import { seededRandom, type Random } from './random.ts'
import { VirtualMachine, VirtualTime } from './virtualTime.ts'

export interface ModelOutcome {
  /** What must not happen, with its time. */
  broken: string[]
  /** How often each rule was put to the test. */
  judged: Judged
  /** How often the processes were called, and WeChat by them. */
  calls: number
  asked: number
}

/** A process of the model. */
export interface ModelProcess {
  id: number
  machine: number
  credentials: Credentials
  link: StoreLink
  kill: () => void
}

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const LASTS = 3 * HOUR
const APP_ID = 'wx'
const API = '/cgi-bin/getcallbackip'
const TICKET_KEY = `wechat:${APP_ID}:jsapi_ticket`

/**
 * Three hours of several processes on one or two machines with one store, all in virtual time: visitors sign, call and
 * doubt, while the store hangs, loses its writes for long and is set back, WeChat fails, processes are killed, other
 * systems take the token, and in half of the runs clocks are set back by up to a day. The same seed is the same run.
 */
export async function runCredentialModel(seed: number): Promise<ModelOutcome> {
  const random = seededRandom(seed)
  const time = new VirtualTime()
  const wechat = new ModelWechat(time, random)
  const store = new ModelStore(time, random)
  const machines = [new VirtualMachine(time), new VirtualMachine(time)].slice(0, 1 + random.below(2))
  const rules = new ModelRules({ time, wechat, machines, stored: () => storedTicket(store) })
  const processes: ModelProcess[] = []
  const snapshots: ReturnType<ModelStore['snapshot']>[] = []
  const areClocksSet = random.below(2) === 0
  let calls = 0
  let clockSetAt = 0

  function start(machine: number): ModelProcess {
    const id = rules.isStarted()
    const { clock, kill } = (machines[machine] ?? new VirtualMachine(time)).startProcess()
    const link: StoreLink = { fault: undefined }
    const credentials = createCredentials({
      appId: APP_ID,
      appSecret: 'secret',
      http: wechat.http(id, machine),
      store: store.connect(link),
      now: clock.wall,
      clock,
      machine: String(machine),
    })
    return { id, machine, credentials, link, kill }
  }

  const actions: [weight: number, action: () => void][] = [
    [60, () => times(1 + random.below(3), () => sign(random.pick(processes)))],
    [12, () => callApi(random.pick(processes))],
    [6, () => recheck(random.pick(processes))],
    [4, storeFails],
    [3, wechatFails],
    [areClocksSet ? 2 : 0, clockIsSet],
    [2, storeIsSetBack],
    [2, processIsKilled],
    [1, () => (rules.disturbed(), wechat.killAll(TOKEN))],
    [1, () => (rules.disturbed(), wechat.killAll(TICKET))],
  ]

  function sign(process: ModelProcess): void {
    calls++
    rules.judge(process, process.credentials.jsapiTicket())
  }

  function recheck(process: ModelProcess): void {
    calls++
    rules.mayAskAgain(process.id, TICKET)
    rules.judge(process, process.credentials.recheckedJsapiTicket())
  }

  function callApi(process: ModelProcess): void {
    calls++
    const call = async (token: string): Promise<void> => {
      rules.uses(process, token)
      await time.sleep(20 + random.below(200))
      if (wechat.isGood(token)) return
      rules.isRefused(process, token)
      throw new WechatApiError({ method: 'GET', path: API }, 40001, 'invalid credential')
    }
    rules.judgeCall(process.credentials.withAccessToken(call))
  }

  function storeFails(): void {
    const isOver = rules.disturbedFromNow()
    const fault = random.pick(STORE_FAULTS)
    const links = random.below(3) === 0 ? [random.pick(processes).link] : processes.map(({ link }) => link)
    for (const link of links) link.fault = fault
    time.after(duration(random, 90 * MINUTE), () => {
      isOver()
      for (const link of links) link.fault = undefined
    })
  }

  function wechatFails(): void {
    const kind = random.pick(OUTAGES)
    const isOneMachines = kind === 'unreachable' || (kind === 'hang' && random.below(2) === 0)
    const machine = isOneMachines ? random.below(machines.length) : undefined
    const outage = { kind, path: random.pick([TOKEN, TICKET]), machine }
    wechat.outage = outage
    time.after(duration(random, 40 * MINUTE), () => {
      if (wechat.outage === outage) wechat.outage = undefined
    })
  }

  function clockIsSet(): void {
    const machine = random.pick(machines)
    if (time.elapsed < clockSetAt + 2 * MINUTE) return // two steps at once look like one
    clockSetAt = time.elapsed
    rules.clockIsSet()
    // Set back once or twice; sometimes somebody sets it right again.
    machine.offset =
      machine.offset < 0 && random.below(2) === 0 ? 0 : machine.offset - duration(random, 24 * HOUR)
  }

  function storeIsSetBack(): void {
    rules.storeIsSetBack()
    if (snapshots.length > 0) store.rollBack(random.pick(snapshots))
  }

  function processIsKilled(): void {
    const index = random.below(processes.length)
    const { machine, kill } = random.pick(processes.slice(index, index + 1))
    // A new process cannot know that the clock was set back before its time (docs/credentials.md says so).
    if (machines[machine]?.offset !== 0) return
    rules.disturbed()
    kill()
    processes[index] = start(machine)
  }

  for (let i = 0; i < 2 + random.below(3); i++) processes.push(start(i % machines.length))
  let snapshotAt = 0
  while (time.elapsed < LASTS) {
    await time.pass(random.below(50 * SECOND))
    if (time.elapsed > snapshotAt) {
      snapshotAt = time.elapsed + 15 * MINUTE
      snapshots.push(store.snapshot())
    }
    weighted(random, actions)()
  }
  for (const { link } of processes) link.fault = undefined
  wechat.outage = undefined
  await time.pass(3 * MINUTE)
  for (const process of processes)
    rules.judge(process, process.credentials.jsapiTicket(), { mustSucceed: true })
  await time.pass(MINUTE)
  for (const { credentials } of processes) credentials.close()
  return { ...rules.result(), calls, asked: wechat.asked.length }
}

// Most are short, some are long.
function duration(random: Random, longest: number): number {
  return Math.max(2 * SECOND, longest / 2 ** random.below(10) - random.below(SECOND))
}

function times(count: number, work: () => void): void {
  for (let i = 0; i < count; i++) work()
}

function weighted(random: Random, actions: [weight: number, action: () => void][]): () => void {
  let left = random.below(actions.reduce((sum, [weight]) => sum + weight, 0))
  for (const [weight, action] of actions) {
    if (left < weight) return action
    left -= weight
  }
  return () => undefined
}

function storedTicket(store: ModelStore): string | undefined {
  const text = store.peek(TICKET_KEY)
  return text === undefined ? undefined : String((JSON.parse(text) as { value: unknown }).value)
}
