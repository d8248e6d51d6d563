/** What the bench prints: each measure with its bar, and whether the bar is reached. */
const widths = [58, 34, 10, 7];

const line = (...cells) =>
  console.log(
    cells
      .map((cell, n) => String(cell).padEnd(widths[n]))
      .join(' ')
      .trimEnd(),
  );

export class Report {
  missed = 0;

  title(text) {
    console.log(`\n${text}`);
    line('measure', 'measured', 'bar', '');
  }

  /** A measure with a bar; `value` beyond `most` or below `least` is a miss. */
  bar(measure, value, { least, most, text = value.toFixed(2) }) {
    const held = least === undefined ? value <= most : value >= least;
    if (!held) this.missed += 1;
    line(measure, text, least === undefined ? `≤ ${most}` : `≥ ${least}`, held ? 'pass' : 'MISSED');
  }

  /** A statement that must hold. */
  must(measure, holds, text) {
    if (!holds) this.missed += 1;
    line(measure, text, 'yes', holds ? 'pass' : 'MISSED');
  }

  /** A measure without a bar. */
  note(measure, text) {
    line(measure, text);
  }
}
