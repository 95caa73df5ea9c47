import { z } from 'zod'

const grantSchema = z.object({
  accessToken: z.string(),
  refreshToken: z.string().optional(),
  /** Milliseconds since 1970. */
  expiresAt: z.number(),
})

/** With it a profile can be read again without asking the person. Never leaves the server. */
export type KeptGrant = z.output<typeof grantSchema>

/** A place in the order of logins and deletions, over all processes. No time: several machines have several clocks. */
export type Moment = number

const memberSchema = z.object({
  /** Another one after everything was forgotten: logins from before then stay ended. */
  memberId: z.string(),
  openid: z.string(),
  unionid: z.string().optional(),
  nickname: z.string().optional(),
  avatar: z.string().optional(),
  grant: grantSchema.optional(),
  /** The login that brought nickname, avatar and grant. */
  profileOf: z.number().default(0),
})

/** All that is kept about somebody, in one entry, so that it can be deleted. */
export type Member = z.output<typeof memberSchema>

const deletionSchema = z.object({
  /** What logins from before then bring is not kept, also when they end later. */
  forgotten: z.number().default(0),
  /** The same for nickname, avatar and grant alone. */
  profileForgotten: z.number().default(0),
})

/** When something was deleted; 0 for never. Names nobody. */
export type Deletion = z.output<typeof deletionSchema>

/** What stands in the store for somebody: who they are, unless they were forgotten, and what was deleted. */
export interface MemberEntry {
  member: Member | undefined
  deletion: Deletion
}

/** What another version has written, or nobody, counts as nobody. */
export function readMemberEntry(text: string | undefined): MemberEntry {
  const json = parse(text)
  return {
    member: memberSchema.safeParse(json).data,
    deletion: deletionSchema.safeParse(json).data ?? { forgotten: 0, profileForgotten: 0 },
  }
}

/** Both side by side, so that the release before still reads the person. */
export function writeMemberEntry({ member, deletion }: MemberEntry): string {
  return JSON.stringify({ ...member, ...deletion })
}

function parse(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? 'null')
  } catch {
    return undefined
  }
}
