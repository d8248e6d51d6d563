import { type Entry, GENESIS, hashEntry, hashPersonal } from './chain.js';

/** A signed statement that the chain ended with this hash at this entry, kept outside the database. */
export type VerifiedHead = { seq: number; hash: Buffer };

/**
 * What is wrong with a chain. `seq` is the first entry at fault:
 * - `altered`: it does not say what its hash covers, or those after it were made from another text of it
 * - `missing`: there is no such entry, while later ones are there
 * - `misplaced`: it stands where another one belongs: reordered or inserted
 * - `tail-missing`: the chain ends before it, and a signed head knows it
 * - `rewritten`: the chain is whole in itself, but a signed head knows another entry; the first bad one lies after
 *   `after`, the last that a head confirms
 * - `erased-unrecorded`: its personal part is gone, and no `audit.erase` entry names it
 */
type Fault =
  | { kind: 'altered' | 'missing' | 'misplaced' | 'erased-unrecorded'; seq: number }
  | { kind: 'tail-missing'; seq: number; known: number }
  | { kind: 'rewritten'; seq: number; after: number };

export type Verdict = {
  /** At most one of each kind of question: chain, tail, heads, erasures. Empty for a chain in order. */
  faults: Fault[];
  /** How many entries there are, and the seq of the last. */
  entries: number;
  last: number;
  /** Up to here the chain is what a signed head says; 0 where no head confirms anything. */
  confirmed: number;
  /** Entries whose personal part was erased. */
  erased: number;
};

/** How far back the place of an entry is looked for that follows upon another one than the one before it. */
const REMEMBERED = 10_000;

/** Whether an entry says what its hash covers; `at` reads it as if it stood in another place. */
const saysItsHash = (entry: Entry, at = entry.seq): boolean => hashEntry({ ...entry, seq: at }).equals(entry.hash);

const personalStands = ({ personal, personalSalt, personalHash }: Entry): boolean => {
  if (personal === null && personalSalt === null) return true;
  if (personal === null || personalSalt === null || personalHash === null) return false;
  return hashPersonal(personalSalt, personal).equals(personalHash);
};

/** Follows the links from entry to entry until the first that does not hold. */
class ChainWalk {
  fault: Fault | undefined;
  previous: Entry | undefined;
  /** Hashes of the latest entries: seq by hash. */
  private readonly seqOf = new Map<string, number>([[GENESIS.toString('hex'), 0]]);
  /** An entry that is good in itself and follows upon another one than the one before it. */
  private suspect: Entry | undefined;

  take(entry: Entry): void {
    if (this.fault) return;
    if (this.suspect) this.fault = this.resolve(entry);
    this.fault ??= this.judge(entry);
    this.remember(entry);
  }

  /** With nothing after it, the entry that is good in itself is believed. */
  end(): void {
    if (this.suspect && !this.fault) this.fault = { kind: 'altered', seq: this.suspect.seq - 1 };
  }

  private judge(entry: Entry): Fault | undefined {
    const expected = (this.previous?.seq ?? 0) + 1;
    if (entry.seq > expected) return { kind: 'missing', seq: expected };
    if (entry.seq < expected) return { kind: 'misplaced', seq: entry.seq };
    const follows = entry.previousHash.equals(this.previous?.hash ?? GENESIS);
    const good = saysItsHash(entry) && personalStands(entry);
    if (follows) return good ? undefined : { kind: 'altered', seq: entry.seq };
    if (!good) return { kind: 'misplaced', seq: this.insertedBefore(entry) ?? entry.seq };
    if (expected === 1) return { kind: 'altered', seq: 1 };
    this.suspect = entry;
    return undefined;
  }

  /** Either the entry before the suspect was altered together with its hash, or the suspect; the next one knows. */
  private resolve(next: Entry): Fault {
    const { seq, hash } = this.suspect!;
    return { kind: 'altered', seq: next.previousHash.equals(hash) ? seq - 1 : seq };
  }

  /**
   * Where entries were inserted, those behind moved on: such a one follows upon an earlier entry and is good if read
   * in the place next to it. A copy of an entry that still stands there is none of them.
   */
  private insertedBefore(entry: Entry): number | undefined {
    const follows = this.seqOf.get(entry.previousHash.toString('hex'));
    if (follows === undefined || !saysItsHash(entry, follows + 1)) return undefined;
    return this.seqOf.get(entry.hash.toString('hex')) === follows + 1 ? undefined : follows + 1;
  }

  private remember(entry: Entry): void {
    this.previous = entry;
    this.seqOf.set(entry.hash.toString('hex'), entry.seq);
    if (this.seqOf.size > REMEMBERED) this.seqOf.delete(this.seqOf.keys().next().value!);
  }
}

/** Compares the chain with what the signed heads say about it. */
class HeadWatch {
  rewritten: Extract<Fault, { kind: 'rewritten' }> | undefined;
  /** Entries that a head confirms, in order. */
  readonly confirmed: number[] = [];
  readonly highest: number;
  private readonly heads = new Map<number, Buffer[]>();

  constructor(heads: Iterable<VerifiedHead>) {
    let highest = 0;
    for (const { seq, hash } of heads) {
      this.heads.set(seq, [...(this.heads.get(seq) ?? []), hash]);
      highest = Math.max(highest, seq);
    }
    this.highest = highest;
  }

  take({ seq, hash }: Entry): void {
    const known = this.heads.get(seq);
    if (!known || this.rewritten) return;
    if (known.every((one) => one.equals(hash))) this.confirmed.push(seq);
    else this.rewritten = { kind: 'rewritten', seq, after: this.confirmed.at(-1) ?? 0 };
  }
}

/** Ranges of entries that an erasure names: `[[first, last], …]`. */
const erasedBy = ({ action, changes }: Entry): [number, number][] =>
  action === 'audit.erase' ? ((changes?.entries?.after as [number, number][] | null | undefined) ?? []) : [];

/** Collects the entries without their personal part and those that erasures name. */
class ErasureWatch {
  readonly erased: number[] = [];
  private readonly named: [number, number][] = [];

  take(entry: Entry): void {
    if (entry.personalHash !== null && entry.personal === null) this.erased.push(entry.seq);
    this.named.push(...erasedBy(entry));
  }

  unrecorded(): number | undefined {
    return this.erased.find((seq) => !this.named.some(([first, last]) => first <= seq && seq <= last));
  }
}

const tailFault = (highest: number, last: number): Fault[] =>
  highest > last ? [{ kind: 'tail-missing', seq: last + 1, known: highest }] : [];

/**
 * Holds a chain against itself and against the signed heads. Entries are taken one at a time, so that a chain of any
 * length can be streamed.
 * @param entries in order of seq
 * @param heads whose signatures were checked
 */
export const verifyChain = async (
  entries: Iterable<Entry> | AsyncIterable<Entry>,
  heads: Iterable<VerifiedHead>,
): Promise<Verdict> => {
  const [walk, watch, erasures] = [new ChainWalk(), new HeadWatch(heads), new ErasureWatch()];
  let [count, last] = [0, 0];
  for await (const entry of entries) {
    for (const part of [walk, watch, erasures]) part.take(entry);
    count += 1;
    last = Math.max(last, entry.seq);
  }
  walk.end();
  const unrecorded = erasures.unrecorded();
  const firstBad = walk.fault?.seq ?? Number.POSITIVE_INFINITY;
  return {
    faults: [
      ...(walk.fault ? [walk.fault] : []),
      ...(watch.rewritten ? [watch.rewritten] : []),
      ...tailFault(watch.highest, last),
      ...(unrecorded === undefined ? [] : [{ kind: 'erased-unrecorded' as const, seq: unrecorded }]),
    ],
    entries: count,
    last,
    confirmed: watch.confirmed.filter((seq) => seq < firstBad).at(-1) ?? 0,
    erased: erasures.erased.length,
  };
};
