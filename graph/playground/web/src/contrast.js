// Monaco's colors for comments, numbers and line numbers are below WCAG's 4.5:1 on GraphiQL's backgrounds, and so is a
// selected string in the dark theme.
const COLORS = {
  light: { number: '#05653f', lines: '#237893' },
  dark: { comment: '#8fbf7a', string: '#e8b7a2', 'string.value.json': '#e8b7a2', lines: '#a3abb8' },
};

// withAccessibleColors returns GraphiQL's two themes with those colors replaced.
export function withAccessibleColors(themes) {
  return Object.fromEntries(
    Object.entries(themes).map(([name, theme]) => {
      const { lines, ...tokens } = COLORS[name];
      const lineNumbers = { 'editorLineNumber.foreground': lines, 'editorLineNumber.dimmedForeground': lines };
      const colors = { ...theme.colors, ...lineNumbers };
      const rules = Object.entries(tokens).map(([token, foreground]) => ({ token, foreground }));
      return [name, { ...theme, colors, rules: [...theme.rules, ...rules] }];
    }),
  );
}
