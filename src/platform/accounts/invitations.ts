import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database } from '../../infra/database/database.js';
import type { Author } from '../../kernel/actor.js';
import { emailOf } from '../../kernel/email.js';
import type { Ask, Origin, Reply } from '../../kernel/exchange.js';
import { newId } from '../../kernel/ids.js';
import type { Language } from '../../kernel/languages.js';
import { invalid, problem } from '../../kernel/problems.js';
import { Cursors } from '../../resource/cursor.js';
import { type PageRow, pageAnswer, pageAsk } from '../../resource/paging.js';
import { emptyReply, jsonReply } from '../../resource/reply.js';
import { shapeBody } from '../../resource/shape-body.js';
import { Trail } from '../audit/trail.js';
import { newToken, tokenHash } from '../auth/secret-tokens.js';
import { Mailer } from '../mail/mailer.js';
import { invitationSql } from './account-views.js';
import { Accounts, type Standing } from './accounts.js';
import { Passwords } from './passwords.js';
import { AcceptedInvitation, NewInvitation } from './shapes.js';
import { mustStand } from './standing.js';

const VALID_DAYS = 7;

/** What an invitation offers to whom. */
export type Offer = Standing & { email: string; language: Language | null };

type Pending = Standing & { id: string; email: string; good: boolean };

/** Invitations: an account that is offered to one address, for one organization, and can be taken once. */
@Injectable()
export class Invitations {
  constructor(
    private readonly database: Database,
    private readonly accounts: Accounts,
    private readonly passwords: Passwords,
    private readonly cursors: Cursors,
    private readonly trail: Trail,
    private readonly mailer: Mailer,
  ) {}

  /** @throws `account.exists`, `request.invalid`, `resource.reference-unseen` */
  async create(ask: Ask): Promise<Reply> {
    const body = shapeBody(NewInvitation, ask.body);
    const { roles, side, language = null } = body;
    const standing = { roles, side, organizationId: body.organization?.id ?? null };
    const offer = { ...standing, email: emailOf(body.email)!, translatesInto: body.translatesInto ?? [], language };
    const id = await this.invite(offer, ask.actor, ask.origin);
    const json = await this.database.transaction(async (manager) => {
      const text = `select ${invitationSql(ask)} as json from invitation i where i.id = $1`;
      return ((await manager.query(text, [id])) as { json: string }[])[0]!.json;
    });
    return { ...jsonReply(json, ask.choice), status: 201, location: `${ask.path}/${id}` };
  }

  /** Invites and writes the letter. An invitation that the address had before is void. */
  async invite(offer: Offer, actor: Author, origin?: Origin): Promise<string> {
    const token = newToken();
    const id = newId();
    if (offer.roles.includes('investor')) throw invalid([{ pointer: '/roles', code: 'invalid-value' }]);
    await this.database.transaction(async (manager) => {
      await mustStand(manager, offer);
      const holder = await this.accounts.findByEmail(manager, offer.email);
      // Whoever has registered and not confirmed it has shown no right to the address yet.
      if (holder && holder.state !== 'invited') throw problem('account.exists');
      await manager.query('delete from invitation where email = $1 and used_at is null', [offer.email]);
      await this.insert(manager, id, token, offer, actor);
      const { email, language: _language, ...after } = offer;
      const object = { resource: 'invitation', id };
      await this.trail.record(manager, {
        ...{ actor, action: 'invitation.create', object, after, personal: { email } },
        ...(origin && { origin }),
      });
      const values = { code: token };
      await this.mailer.send(manager, { to: offer.email, kind: 'invitation', language: offer.language, values });
    });
    return id;
  }

  /** The invitations that can still be taken. */
  async list(ask: Ask): Promise<Reply> {
    const page = pageAsk(ask, this.cursors, ['invitations', ask.choice]);
    const rows = await this.database.transaction(
      (manager) =>
        manager.query(
          `select i.id, ${invitationSql(ask)} as json from invitation i
           where i.used_at is null and i.expires_at > now() and ($1::uuid is null or i.id > $1)
           order by i.id limit $2`,
          [page.after, page.limit + 1],
        ) as Promise<PageRow[]>,
    );
    return pageAnswer(ask, this.cursors, page, rows);
  }

  /** @throws `resource.not-found` where there is none that could still be taken */
  revoke(ask: Ask, id: string): Promise<Reply> {
    const { actor, origin } = ask;
    return this.database.transaction(async (manager) => {
      const [gone] = (await manager.query('delete from invitation where id = $1 and used_at is null returning email', [
        id,
      ])) as [{ email: string }[], number];
      if (!gone[0]) throw problem('resource.not-found');
      const object = { resource: 'invitation', id };
      const personal = { email: gone[0].email };
      await this.trail.record(manager, { actor, action: 'invitation.revoke', object, origin, personal });
      return emptyReply();
    });
  }

  /**
   * Makes the account that was offered (hardening A20).
   * @throws `account.token-unknown` for a token that was altered or sent to another address, `account.token-expired`
   */
  async accept(ask: Ask): Promise<Reply> {
    const body = shapeBody(AcceptedInvitation, ask.body);
    await this.database.transaction((manager) => this.mustBeGood(manager, body));
    const passwordHash = await this.passwords.hash(body.password);
    return this.database.transaction(async (manager) => {
      const { id, good: _good, ...offer } = await this.mustBeGood(manager, body);
      await manager.query(`delete from account where email = $1 and state = 'invited'`, [offer.email]);
      if (await this.accounts.findByEmail(manager, offer.email)) throw problem('account.exists');
      const { name } = body;
      const account = { ...offer, name, passwordHash, language: null, state: 'active' as const };
      const accountId = await this.accounts.insert(manager, account);
      await manager.query('update invitation set used_at = now() where id = $1', [id]);
      const { email, ...after } = offer;
      await this.trail.record(manager, {
        ...{ actor: ask.actor, action: 'invitation.accept', after, origin: ask.origin },
        object: { resource: 'account', id: accountId, version: 1 },
        personal: { email, name: [name.zh, name.ru].filter(Boolean).join(' / ') },
      });
      return emptyReply();
    });
  }

  /** The invitation behind a token, kept as it is until the transaction ends. */
  private async mustBeGood(manager: EntityManager, { token, email }: AcceptedInvitation): Promise<Pending> {
    const [found] = (await manager.query(
      `select id, email, roles, side, organization_id as "organizationId", translates_into as "translatesInto",
         used_at is null and expires_at > now() as good
       from invitation where token_hash = $1 for update`,
      [tokenHash(token)],
    )) as Pending[];
    if (!found || found.email !== emailOf(email)) throw problem('account.token-unknown');
    if (!found.good) throw problem('account.token-expired');
    return found;
  }

  private insert(manager: EntityManager, id: string, token: string, offer: Offer, actor: Author): Promise<unknown> {
    const { email, roles, side, organizationId, translatesInto } = offer;
    const invitedBy = actor.kind === 'account' ? actor.id : null;
    return manager.query(
      `insert into invitation (id, token_hash, email, roles, side, organization_id, translates_into, invited_by,
         created_at, expires_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, now(), now() + $9 * interval '1 day')`,
      [id, tokenHash(token), email, roles, side, organizationId, translatesInto, invitedBy, VALID_DAYS],
    );
  }
}
