// Searching options that are all known beforehand.

const NO_MATCH = 4;

// The better the words fit, the lower: the name begins so, one of its words does, it holds them, a note does.
function rank({ text, description, words }, query) {
  const name = text.toLowerCase();
  if (name.startsWith(query)) return 0;
  if (`${name} ${words ?? ""}`.includes(` ${query}`)) return 1;
  if (name.includes(query)) return 2;
  return `${description ?? ""} ${words ?? ""}`.toLowerCase().includes(query) ? 3 : NO_MATCH;
}

function ranked(group, query) {
  const fitting = group.options.map((one) => [rank(one, query), one]).filter(([at]) => at < NO_MATCH);
  fitting.sort(([a], [b]) => a - b);
  return { best: fitting[0]?.[0] ?? NO_MATCH, label: group.label, options: fitting.map(([, one]) => one) };
}

/** A source of options that are all known: those whose words hold the query, the best first. */
export function known(groups) {
  return (typed) => {
    const query = typed.trim().toLowerCase();
    const fitting = groups().map((group) => ranked(group, query));
    return { groups: fitting.filter((group) => group.options.length).sort((a, b) => a.best - b.best) };
  };
}
