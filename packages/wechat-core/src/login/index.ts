export {
  allowsProfile,
  createLogin,
  LoginError,
  STATE_LIFE,
  type Login,
  type LoginResult,
  type LoginStart,
  type LoginUser,
} from './login.ts'
export { createMembers, type Member, type MemberKey, type Members, type Moment } from './members.ts'
