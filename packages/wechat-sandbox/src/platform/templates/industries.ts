import { Errcode } from '../api/errcode.ts'

interface Industry {
  first_class: string
  second_class: string
}

// 设置所属行业: its numbers go on through the whole list, from 1.
const ALL: Industry[] = Object.entries({
  IT科技: ['互联网|电子商务', 'IT软件与服务', 'IT硬件与设备', '电子技术', '通信与运营商', '网络游戏'],
  金融业: ['银行', '基金|理财|信托', '保险'],
  餐饮: ['餐饮'],
  酒店旅游: ['酒店', '旅游'],
  运输与仓储: ['快递', '物流', '仓储'],
  教育: ['培训', '院校'],
  政府与公共事业: ['学术科研', '交警', '博物馆', '公共事业|非盈利机构'],
  医药护理: ['医药医疗', '护理美容', '保健与卫生'],
  交通工具: ['汽车相关', '摩托车相关', '火车相关', '飞机相关'],
  房地产: ['建筑', '物业'],
  消费品: ['消费品'],
  商业服务: ['法律', '会展', '中介服务', '认证', '审计'],
  文体娱乐: ['传媒', '体育', '娱乐休闲'],
  印刷: ['印刷'],
  其它: ['其它'],
}).flatMap(([first_class, seconds]) => seconds.map((second_class) => ({ first_class, second_class })))

const BEIJING = 8 * 3_600_000

/** The two industries whose templates the account may use. */
export class Industries {
  readonly #now: () => number
  #chosen: [Industry, Industry]
  #changedIn = ''

  constructor(now: () => number) {
    this.#now = now
    this.#chosen = [industry(1), industry(2)]
  }

  get(): { primary_industry: Industry; secondary_industry: Industry } {
    return { primary_industry: this.#chosen[0], secondary_industry: this.#chosen[1] }
  }

  /** @throws {Errcode} 40102 for a number that there is not, 43100 the second time in a month */
  choose(first: number, second: number): void {
    const chosen: [Industry, Industry] = [industry(first), industry(second)]
    const month = new Date(this.#now() + BEIJING).toISOString().slice(0, 7)
    if (this.#changedIn === month) throw new Errcode(43100)
    this.#changedIn = month
    this.#chosen = chosen
  }
}

function industry(number: number): Industry {
  const found = ALL[number - 1]
  if (!found) throw new Errcode(40102)
  return found
}
