import { z } from 'zod'
import { hostName, type RedisHost } from './redisAddress.ts'
import type { RedisClient } from './redisConnection.ts'

/** Which node of a cluster has which slots, as one of its nodes sees it. */
export interface ClusterMap {
  /** The primary's address, by slot; a hole where none is known. */
  primaries: string[]
  /** Every node, replicas too, by address. */
  nodes: Map<string, RedisHost>
}

const nodeSchema = z.tuple([z.string().nullable(), z.number().int()], z.unknown())
const slotsSchema = z.array(z.tuple([z.number().int(), z.number().int(), nodeSchema], nodeSchema))

/** @throws {Error} the server is no node of a cluster, or the cluster has no slots yet */
export async function askClusterMap(client: RedisClient, asked: RedisHost): Promise<ClusterMap> {
  const ranges = slotsSchema.parse(await client.sendCommand(['CLUSTER', 'SLOTS']))
  const nodes = new Map<string, RedisHost>()
  const primaries: string[] = []
  // A node that does not know its own name leaves it out: it is the one that was asked.
  const add = ([host, port]: z.infer<typeof nodeSchema>): string => {
    const node = { host: host || asked.host, port }
    nodes.set(hostName(node), node)
    return hostName(node)
  }
  for (const [from, to, primary, ...replicas] of ranges) {
    const address = add(primary)
    for (let slot = from; slot <= to; slot++) primaries[slot] = address
    replicas.forEach(add)
  }
  if (primaries.length === 0) throw new Error('the cluster has no slots yet')
  return { primaries, nodes }
}

/** Where a node sends the caller with a key that it does not have, or has no more. */
export class Redirect extends Error {
  readonly node: RedisHost
  /** The slot is just being moved: this one command only, and after ASKING. */
  readonly isAsk: boolean

  constructor(node: RedisHost, isAsk: boolean) {
    super('another node has it')
    this.node = node
    this.isAsk = isAsk
  }
}

const REDIRECT = /^(MOVED|ASK) \d+ (.*):(\d+)$/

/** The redirect that a node's refusal is; undefined for every other failure. */
export function readRedirect(error: unknown, asked: RedisHost): Redirect | undefined {
  const [, kind, host, port] = (error instanceof Error && REDIRECT.exec(error.message)) || []
  if (kind === undefined) return undefined
  return new Redirect({ host: host || asked.host, port: Number(port) }, kind === 'ASK')
}
