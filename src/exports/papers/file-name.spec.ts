import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { attachment } from './file-name.js';

const decoded = (header: string): string => decodeURIComponent(header.split("filename*=UTF-8''")[1]!);

describe('the name of a file', () => {
  it('is said in ASCII and as it is', () => {
    const header = attachment('minutes-zh', '会议纪要：第三次会晤', 'docx');
    expect(header).toContain('filename="minutes-zh.docx"');
    expect(decoded(header)).toBe('会议纪要 第三次会晤.docx');
  });

  it('leads out of no folder and ends no header', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        const header = attachment('agenda-ru', `../${name}\r\nSet-Cookie: a=b"`, 'docx');
        expect(header).toMatch(/^attachment; filename="agenda-ru\.docx"; filename\*=UTF-8''[\w%.~-]+$/);
        expect(decoded(header)).not.toMatch(/[/\\"\r\n]|^\./);
      }),
    );
  });
});
