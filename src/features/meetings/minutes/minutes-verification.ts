import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import { capacitiesOf } from '../../../kernel/access.js';
import type { Ask, Reply } from '../../../kernel/exchange.js';
import { problem } from '../../../kernel/problems.js';
import { type Entry, hashEntry } from '../../../platform/audit/chain.js';
import { entriesAbout } from '../../../platform/audit/stored-entries.js';
import { jsonReply } from '../../../resource/reply.js';
import { readContext, scopeOf } from '../../../resource/scope.js';
import { resourceOf } from '../../../resource/spec.js';
import { Stores } from '../../../resource/stores.js';
import { related } from '../../../resource/view.js';
import { type KeptVersion, MinutesArchive, type Signature } from './minutes-archive.js';
import { MinutesReader, worksOn } from './minutes-reader.js';
import { hashOf } from './sealed-content.js';

/** Says whether minutes that were once signed can be relied upon: kept content, trail and the texts of today. */
@Injectable()
export class MinutesVerifications {
  constructor(
    private readonly database: Database,
    private readonly archive: MinutesArchive,
    private readonly reader: MinutesReader,
    private readonly stores: Stores,
  ) {}

  /** @throws `resource.not-found` where nothing was signed by both sides yet, and for whoever is no partner */
  async get(ask: Ask, id: string): Promise<Reply> {
    await this.stores.of(resourceOf('meeting')).mustSee(ask, id);
    const version = await this.archive.lastSigned(id);
    if (!version || !(worksOn(ask, version.meeting) || capacitiesOf(ask.actor).has('partner')))
      throw problem('resource.not-found');
    const { number, hash } = version;
    const contentHolds = hashOf(version.content).toString('hex') === hash;
    const textsUnchanged = (await this.reader.standing(id))?.hash === hash;
    const signatures = await this.proofs(ask, id, version);
    const valid = contentHolds && signatures.every(({ recorded, brokenAt }) => recorded && brokenAt === null);
    const answer = { number, hash, contentHolds, textsUnchanged, signatures, valid: valid && textsUnchanged };
    return jsonReply(JSON.stringify(answer), ask.choice);
  }

  /** What the trail says of each signature. */
  private async proofs(ask: Ask, meeting: string, version: KeptVersion) {
    const entries = (await entriesAbout(this.database, 'meeting', meeting)).filter(
      ({ action }) => action === 'minutes.sign',
    );
    const names = await this.organizations(ask, version.signatures);
    return version.signatures.map(({ side, at, brokenAt }, n) => {
      const entry = entries.findLast((one) => said(one, 'side') === side && said(one, 'number') === version.number);
      const recorded = entry !== undefined && said(entry, 'hash') === version.hash && holds(entry);
      return { side, at, organization: names[n] ?? null, brokenAt, trailSeq: entry?.seq ?? null, recorded };
    });
  }

  private async organizations(ask: Ask, signatures: readonly Signature[]): Promise<unknown[]> {
    const scope = scopeOf(ask.actor);
    const read = readContext(scope, ask.choice, ask.fallback);
    const text = `select (${related(read, 'organization', 'ids.id', 'signer')})::text
      from unnest($${scope.parameters.length + 1}::uuid[]) with ordinality ids(id, n) order by ids.n`;
    const ids = signatures.map(({ organizationId }) => organizationId);
    const rows = await this.database.rows({ text, values: [...scope.parameters, ids] });
    return rows.map(([json]) => (json === null || json === undefined ? null : JSON.parse(json)));
  }
}

/** A member that an entry says of what it records. */
const said = ({ changes }: Entry, member: string): unknown => changes?.[member]?.after;

/** Whether an entry is what its own hash says; that the chain holds as a whole, `npm run audit -- verify` says. */
const holds = (entry: Entry): boolean => hashEntry(entry).equals(entry.hash);
