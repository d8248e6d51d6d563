import { SIDES, type Side } from '../../kernel/actor.js';
import type { BySide } from '../../kernel/alternat.js';
import { faceEachOtherAcrossTheAmur } from '../../kernel/border-river.js';
import type { LanguageMap } from '../../kernel/languages.js';
import { delegatesOf, headOf } from './delegates.js';
import type { DecisionRow, MeetingPaper, PaperKind, SideTime, Signatory } from './paper.js';
import type { AgendaItemSource, BodySource, DecisionSource, MeetingSource, PaperSource } from './paper-source.js';
import { decisionsOf, minutesClauses, standingOf } from './standing.js';

const bySide = <Value>(of: (side: Side) => Value): BySide<Value> => ({ cn: of('cn'), ru: of('ru') });

/** Sides that take part: those of the mechanism; of a single event those of its bodies; both where nothing is known. */
const sidesOf = ({ meeting, mechanism, bodies }: PaperSource): Side[] => {
  const known = mechanism?.sides ?? [...bodies.map(({ side }) => side), meeting.hostSide];
  const sides = SIDES.filter((side) => known.includes(side));
  return sides.length > 0 ? sides : [...SIDES];
};

/** Bodies of one side in the order of the mechanism; where it names no party, who keeps its papers or chairs it. */
const partiesOf = (
  { meeting, mechanism, bodies }: PaperSource,
  side: Side,
): { name: LanguageMap; body: BodySource }[] => {
  const { parties = [], secretariats = [], chairs = [] } = mechanism ?? {};
  const officers = [...secretariats, ...chairs].map(({ organization }) => organization);
  const candidates = [parties, officers, [meeting.hostOrganization]];
  const found = candidates.map((named) =>
    named.flatMap((one) => {
      const body = one && bodies.find(({ id }) => id === one.id);
      return one && body?.side === side ? [{ name: one.name, body }] : [];
    }),
  );
  const first = found.find((some) => some.length > 0) ?? [];
  return first.filter(({ body }, n) => first.findIndex((other) => other.body.id === body.id) === n);
};

/** Where each side sits: the place of its first party. */
const placesOf = (source: PaperSource): Pick<MeetingPaper, 'places' | 'acrossTheAmur'> => {
  const of = bySide((side) => partiesOf(source, side).find(({ body }) => body.place)?.body.place);
  if (!of.cn || !of.ru) return { places: null, acrossTheAmur: false };
  return {
    places: { cn: of.cn.name, ru: of.ru.name },
    acrossTheAmur: faceEachOtherAcrossTheAmur(of.cn.codes, of.ru.codes),
  };
};

const timesOf = ({ localTimes }: MeetingSource): MeetingPaper['times'] =>
  Object.fromEntries(
    SIDES.flatMap((side) => {
      const { date, time, offset } = localTimes?.[side] ?? {};
      return date && time && offset ? [[side, { date, time, offset } satisfies SideTime]] : [];
    }),
  );

/** Who signs for a side: the head of its delegation, otherwise the post that chairs the mechanism or the first body. */
const signatoryOf = (source: PaperSource, side: Side): Signatory => {
  const head = headOf(source, side);
  const chair = source.mechanism?.chairs.find((one) => one.side === side);
  const [party] = partiesOf(source, side);
  return {
    organization: head?.organization?.name ?? chair?.organization?.name ?? party?.name ?? null,
    post: (head ? head.post : chair?.post) ?? null,
    name: head?.name ?? null,
  };
};

/**
 * Numbers of the items as the agenda counts them: 2.1 is the first below the second. They are the items' own places,
 * so that readers who see different items call the same one by the same number.
 */
const labelsOf = (items: readonly AgendaItemSource[]): Map<string, string> => {
  const labels = new Map<string, string>();
  for (const { id, parent, position } of items) {
    const above = parent && labels.get(parent.id);
    labels.set(id, above ? `${above}.${position}` : String(position));
  }
  return labels;
};

const decisionRow = ({ kind, number, text, responsible, dueOn }: DecisionSource, n: number): DecisionRow => ({
  label: number ?? String(n + 1),
  kind,
  text,
  responsible: responsible.map(({ name }) => name),
  dueOn,
});

/** Makes a paper of what was read. */
export const composePaper = (kind: PaperKind, source: PaperSource): MeetingPaper => {
  const { meeting, mechanism } = source;
  const sides = sidesOf(source);
  const labels = labelsOf(meeting.agendaItems);
  return {
    kind,
    standing: standingOf(kind, source),
    title: meeting.title,
    mechanism: mechanism?.name ?? null,
    numberInSeries: meeting.numberInSeries,
    sides,
    parties: bySide((side) => partiesOf(source, side).map(({ name }) => name)),
    ...placesOf(source),
    heldOn: meeting.heldOn,
    times: timesOf(meeting),
    venue: meeting.venue,
    form: meeting.form,
    hostSide: meeting.hostSide,
    agenda: meeting.agendaItems.map((item) => ({
      label: labels.get(item.id)!,
      title: item.title,
      proposedBy: item.proposedBy?.name ?? null,
      status: item.status,
    })),
    clauses: minutesClauses(source, sides),
    decisions: decisionsOf(kind, source).map(decisionRow),
    delegations: bySide((side) => delegatesOf(source, side)),
    signatories: bySide((side) => signatoryOf(source, side)),
  };
};
