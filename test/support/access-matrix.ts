import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../../src/infra/config/config.js';
import { resources } from '../../src/resource/spec.js';

/** Whose a record is, seen from the asker. */
export const OWNERS = ['own', 'same organization', 'same side', 'other side'] as const;
export type Owner = (typeof OWNERS)[number];

export const MATRIX_ROLES = [
  'anonymous',
  'investor',
  'translator',
  'official cn',
  'official ru',
  'coordinator cn',
  'coordinator ru',
  'administrator',
  'key',
] as const;
export type MatrixRole = (typeof MATRIX_ROLES)[number];

/** One operation on records in one condition, and what it answers to each role for each owner; null where there is no case. */
export type MatrixRow = {
  /** Method and path below `/api/v1`, with `{resource}` where it holds for several. */
  operation: string;
  /** Paths of the resources that the row is about; none for operations of no resource. */
  of: readonly string[];
  record: string;
  cells: ReadonlyMap<MatrixRole, readonly (number | null)[]>;
};

const FILE = join(projectFolder, 'docs', 'access-matrix.md');

const resourcesOf = (text: string): string[] => {
  const paths = resources().map(({ path }) => path);
  if (text === '–') return [];
  if (text === 'all') return paths;
  const but = /^all but (.+)$/.exec(text)?.[1]?.split(', ');
  const named = but ?? text.split(', ');
  const unknown = named.filter((path) => !paths.includes(path));
  if (unknown.length > 0) throw new Error(`docs/access-matrix.md: no resource ${unknown.join(', ')}`);
  return but ? paths.filter((path) => !but.includes(path)) : named;
};

const statusesOf = (cell: string): (number | null)[] => {
  const statuses = cell.split(' ').map((status) => (status === '–' ? null : Number(status)));
  const isWhole = statuses.every((status) => status === null || (status >= 200 && status < 500));
  if (!isWhole || ![1, OWNERS.length].includes(statuses.length))
    throw new Error(`docs/access-matrix.md: «${cell}» is neither one status nor four`);
  return statuses.length === 1 ? OWNERS.map(() => statuses[0]!) : statuses;
};

/** The rows of the matrix, as written. */
export const readMatrix = (): MatrixRow[] => {
  const [head, , ...rows] = readFileSync(FILE, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim()),
    );
  const wanted = ['operation', 'of', 'record', ...MATRIX_ROLES];
  if (head?.join() !== wanted.join()) throw new Error(`docs/access-matrix.md has the columns ${head}`);
  return rows.map(([operation, of, record, ...cells]) => {
    if (cells.length !== MATRIX_ROLES.length)
      throw new Error(`docs/access-matrix.md lacks a cell: ${operation} ${record}`);
    return {
      operation: operation!,
      of: resourcesOf(of!),
      record: record!,
      cells: new Map(MATRIX_ROLES.map((role, n) => [role, statusesOf(cells[n]!)])),
    };
  });
};

/** Every operation that a row stands for, written out: `GET /leads/{id}`. */
export const operationsOf = ({ operation, of }: MatrixRow): string[] =>
  operation.includes('{resource}') ? of.map((path) => operation.replace('{resource}', path)) : [operation];
