export interface Person {
  id: string
  nickname: string
  avatar: string
}

export interface PhoneState {
  os: 'ios' | 'android'
  person: string
  people: Person[]
  account: { name: string; appId: string; jsDomains: string[] }
}

export interface Card {
  title: string
  desc: string
  link: string
  imgUrl: string
  source: 'update' | 'legacy' | 'default'
}
