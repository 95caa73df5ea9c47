// The rules and the dashboard that come with the project ask for metrics and labels that there are.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createLog } from 'starter-server/log'
import { createMetrics } from 'starter-server/metrics'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'

const root = join(import.meta.dirname, '..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')

const alerts = z.strictObject({
  groups: z.array(
    z.strictObject({
      name: z.string(),
      rules: z.array(
        z.strictObject({
          alert: z.string().regex(/^[A-Z]\w+$/),
          expr: z.string(),
          for: z
            .string()
            .regex(/^\d+m$/)
            .optional(),
          labels: z.strictObject({ severity: z.enum(['warning', 'critical']) }),
          annotations: z.strictObject({ summary: z.string(), description: z.string() }),
        }),
      ),
    }),
  ),
})
const dashboard = z.object({
  panels: z.array(z.object({ title: z.string(), targets: z.array(z.object({ expr: z.string() })).min(1) })),
})

const rules = alerts.parse(parse(read('deploy/prometheus/alerts.yml'))).groups.flatMap(({ rules }) => rules)
const panels = dashboard.parse(JSON.parse(read('deploy/grafana/dashboard.json'))).panels
const asked: [string, string][] = [
  ...rules.map(({ alert, expr }): [string, string] => [alert, expr]),
  ...panels.flatMap(({ title, targets }) => targets.map(({ expr }): [string, string] => [title, expr])),
]

const { registry } = createMetrics(createLog({ logLevel: 'silent', production: true }))
const known = registry.getMetricsAsArray().map(({ name }) => name)
const labelsOf = (name: string): string[] => {
  const metric = registry.getSingleMetric(name)
  const labels: unknown = metric && Reflect.get(metric, 'labelNames')
  return z.array(z.string()).parse(labels)
}

describe('alerts and dashboard', () => {
  it.each(asked)('%s asks for what there is', (_title, expr) => {
    const names = [...expr.matchAll(/wechat_\w+/g)].map(([name]) => name.replace(/_(bucket|count)$/, ''))
    expect(names.length).toBeGreaterThan(0)
    for (const name of names) expect(known).toContain(name)
    for (const [, name = '', matchers = ''] of expr.matchAll(/(wechat_\w+?)(?:_bucket|_count)?\{(.*?)\}/g))
      for (const [, label = ''] of matchers.matchAll(/(\w+)(?:=|!)/g)) expect(labelsOf(name)).toContain(label)
    const labels = names.flatMap(labelsOf)
    for (const [, list = ''] of expr.matchAll(/\b(?:by|on) \((.*?)\)/g))
      for (const label of list.split(', ')) expect([...labels, 'le']).toContain(label)
    expect(expr.split('(').length).toBe(expr.split(')').length)
  })

  it('every metric is on the dashboard and in both languages of the guide', () => {
    const drawn = panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)).join('\n')
    for (const name of known)
      for (const text of [drawn, read('docs/operating.md'), read('docs/zh-CN/operating.md')])
        expect(text).toContain(name)
  })

  it('the guide says of each alert what to do', () => {
    for (const { alert } of rules)
      for (const text of [read('docs/operating.md'), read('docs/zh-CN/operating.md')])
        expect(text).toContain(`\`${alert}\``)
  })
})

const promtool = (...args: string[]) => spawnSync('promtool', args, { cwd: root, encoding: 'utf8' })

// Where Prometheus is installed, as it is for the workflow: the rules are read, and followed over metrics that are made up.
it.skipIf(promtool('--version').error !== undefined)('Prometheus warns when the rules say so', () => {
  const tests = join(import.meta.dirname, 'monitoring/alerts.test.yml')
  const alertsTested = new Set(
    [...readFileSync(tests, 'utf8').matchAll(/alertname: (\w+)/g)].map(([, name]) => name),
  )
  expect([...alertsTested].sort()).toEqual(rules.map(({ alert }) => alert).sort())
  for (const args of [
    ['check', 'rules', 'deploy/prometheus/alerts.yml'],
    ['test', 'rules', tests],
  ]) {
    const { status, stdout, stderr } = promtool(...args)
    expect({ status, said: status === 0 ? '' : stdout + stderr }).toEqual({ status: 0, said: '' })
  }
})
