import { language, texts as shell } from '@/shell/language'

const zh = {
  title: '报名',
  places: (taken: number, places: number | null) =>
    places === null
      ? `已有 ${taken} 人报名`
      : `已报名 ${taken} 人，还剩 ${Math.max(0, places - taken)} 个名额`,
  optional: '（可不填）',
  send: '提交报名',
  change: '保存修改',
  withdraw: '取消报名',
  withdrawSure: '取消报名？名额会让给别人。',
  done: '报名成功，到时见。',
  changed: '修改已保存。',
  withdrawn: '已取消报名。',
  mine: '你已经报名，可以在这里修改。',
  full: '名额已满。如果有人取消，这里会重新开放。',
  closed: '报名已结束。',
  fix: '有几项需要修改，请看标红的地方。',
  loginNote: '提交时会用微信登录，填好的内容会保留。',
  outside: '报名需要在微信里打开这个页面。',
  back: '已登录，请核对后提交。',
  snapshot: '这是快照页，暂时不能报名。点击页面下方的「使用完整服务」，就可以继续。',
  choose: '请选择',
  picture: '选择图片',
  uploading: '正在上传…',
  pictureDone: '图片已上传',
  failed: '没能提交，请稍后再试。',
  notify: '接收报名通知',
  logInToSee: '已经报过名？登录查看',
}

const en: typeof zh = {
  title: 'Sign up',
  places: (taken, places) =>
    places === null ? `${taken} signed up` : `${taken} signed up, ${Math.max(0, places - taken)} places left`,
  optional: ' (optional)',
  send: 'Sign up',
  change: 'Save changes',
  withdraw: 'Withdraw',
  withdrawSure: 'Withdraw? Your place goes to somebody else.',
  done: 'You are signed up. See you there.',
  changed: 'Your changes are saved.',
  withdrawn: 'You are no longer signed up.',
  mine: 'You are signed up. Here you can change your answers.',
  full: 'Every place is taken. If somebody withdraws, it opens again here.',
  closed: 'The sign-up has ended.',
  fix: 'Some answers need a change: see the fields in red.',
  loginNote: 'Sending it logs you in with WeChat. What you filled in is kept.',
  outside: 'To sign up, open this page in WeChat.',
  back: 'You are logged in. Check your answers and send them.',
  snapshot: 'This is a snapshot page. Tap "use full service" (使用完整服务) at its bottom, then sign up.',
  choose: 'Please choose',
  picture: 'Choose a picture',
  uploading: 'Uploading…',
  pictureDone: 'The picture is uploaded',
  failed: 'It could not be sent. Please try again later.',
  notify: 'Get a confirmation in WeChat',
  logInToSee: 'Signed up already? Log in to see it',
}

/** What a sign-up says, with the shell's texts. */
export const signupTexts = { ...shell, ...(language === 'zh-CN' ? zh : en) }
