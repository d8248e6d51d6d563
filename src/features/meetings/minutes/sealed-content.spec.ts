import { describe, expect, it } from '@jest/globals';
import { hashOf, missingTexts, type SealedContent } from './sealed-content.js';

const content: SealedContent = {
  meeting: { id: 'm', title: { zh: '会晤', ru: 'Встреча' }, mechanism: null, numberInSeries: 3, heldOn: '2026-06-01' },
  items: [{ id: 'i', position: 1, agendaItem: null, text: { zh: '一。', ru: 'Один.' } }],
  decisions: [
    {
      id: 'd',
      agendaItem: null,
      kind: 'decision',
      number: null,
      text: { zh: '二。', ru: null },
      responsible: [],
      dueOn: null,
    },
  ],
};

describe('the content that seals cover', () => {
  it('has one hash however its members are ordered, as the database orders them anew', () => {
    const { meeting, items, decisions } = content;
    const reordered = { decisions, items: items.map(({ text, id, ...rest }) => ({ text, ...rest, id })), meeting };
    expect(hashOf(reordered)).toEqual(hashOf(content));
    expect(hashOf(content).length).toBe(32);
  });

  it.each<[string, (copy: SealedContent) => void]>([
    ['a text of either language', (copy) => Object.assign(copy.items[0]!.text, { ru: 'Один' })],
    ['the title', (copy) => Object.assign(copy.meeting.title, { zh: '会晤纪要' })],
    ['the order of the items', (copy) => Object.assign(copy.items[0]!, { position: 2 })],
    ['who is responsible', (copy) => copy.decisions[0]!.responsible.push('o')],
    ['a due date', (copy) => Object.assign(copy.decisions[0]!, { dueOn: '2026-07-01' })],
  ])('has another hash with %s', (_what, change) => {
    const copy = JSON.parse(JSON.stringify(content)) as SealedContent;
    change(copy);
    expect(hashOf(copy)).not.toEqual(hashOf(content));
  });

  it('says where a language is missing', () => {
    expect(missingTexts(content, 'zh')).toEqual([]);
    expect(missingTexts(content, 'ru')).toEqual([{ pointer: '/decisions/0/text/ru', code: 'required' }]);
    expect(missingTexts({ ...content, items: [] }, 'zh')).toEqual([{ pointer: '/items', code: 'required' }]);
  });
});
