import rules from 'starter-tools/eslint'

// The template's rules, which updates bring. A project adds its own behind them.
export default [...rules]
