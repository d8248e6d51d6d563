import type { Role, Side } from '../../kernel/actor.js';
import { emailOf } from '../../kernel/email.js';
import type { Language } from '../../kernel/languages.js';
import { codePoints } from '../../kernel/text.js';
import { Check } from '../../resource/checks.js';
import { Code, Codes, Flag, Identifier, Instant, Int, Items, Localized, Ref, Text } from '../../resource/fields.js';
import { decorate, type LocalizedText, type Reference } from '../../resource/values.js';
import type { AccountState } from './account.entity.js';

/** Bodies and answers of the routes about accounts; what each member is for stands in `locales/*\/fields.json`. */

const SHORTEST_PASSWORD = 12;
const LONGEST_PASSWORD = 128;
const LONGEST_NAME = 120;

/** An address of mail, required. */
export const Email = (): PropertyDecorator => (target, name) =>
  decorate(target, name, [
    Text({ required: true, max: 254 }),
    Check('invalid-format', (value) => typeof value !== 'string' || emailOf(value) !== undefined),
  ]);

/** A password as somebody types it to be recognized: its length is not judged, so that old ones work on. */
export const TypedPassword = (): PropertyDecorator =>
  Text({ required: true, secret: true, verbatim: true, max: LONGEST_PASSWORD });

/** A password that is to be set. */
const NewPasswordText = (): PropertyDecorator => (target, name) =>
  decorate(target, name, [
    TypedPassword(),
    Check('too-few-characters', (value) => typeof value !== 'string' || codePoints(value) >= SHORTEST_PASSWORD, {
      values: { min: SHORTEST_PASSWORD },
    }),
  ]);

/** A token that came by mail. */
const MailedToken = (): PropertyDecorator => Text({ required: true, secret: true, max: 200 });

export class NewInvitation {
  @Email() email: string;
  @Codes('role', { required: true }) roles: Role[];
  @Code('side', { required: true }) side: Side;
  @Ref('organization') organization?: Reference | null;
  @Codes('language') translatesInto?: Language[] | null;
  @Code('language') language?: Language | null;
}

export class InvitationView {
  @Identifier({ required: true }) id: string;
  @Text({ required: true, max: 254 }) email: string;
  @Codes('role', { required: true }) roles: Role[];
  @Code('side', { required: true }) side: Side;
  @Ref('organization') organization: Reference | null;
  @Codes('language', { required: true }) translatesInto: Language[];
  @Instant({ required: true }) createdAt: Date;
  @Instant({ required: true }) expiresAt: Date;
}

export class AcceptedInvitation {
  @MailedToken() token: string;
  @Email() email: string;
  @Localized({ required: true, max: LONGEST_NAME }) name: LocalizedText;
  @NewPasswordText() password: string;
}

export class Registration {
  @Email() email: string;
  @Localized({ required: true, max: LONGEST_NAME }) name: LocalizedText;
  @NewPasswordText() password: string;
  @Code('side', { required: true }) side: Side;
  @Code('language') language?: Language | null;
}

export class Confirmation {
  @MailedToken() token: string;
}

export class PasswordReset {
  @Email() email: string;
}

export class ResetPassword {
  @MailedToken() token: string;
  @NewPasswordText() password: string;
}

export class PasswordChange {
  @TypedPassword() current: string;
  @NewPasswordText() new: string;
}

export class SecondFactorSetup {
  @Text({ required: true, secret: true }) secret: string;
  @Text({ required: true, secret: true, max: 500 }) uri: string;
}

export class SecondFactorCode {
  @Text({ required: true, secret: true, max: 40 }) code: string;
}

export class RecoveryCode {
  @Text({ required: true, secret: true, max: 40 }) code: string;
}

export class RecoveryCodes {
  @Items(() => RecoveryCode, { required: true }) recoveryCodes: RecoveryCode[];
}

export class AccountView {
  @Identifier({ required: true }) id: string;
  @Int({ required: true }) version: number;
  @Text({ required: true, max: 254 }) email: string;
  @Localized({ required: true, max: LONGEST_NAME }) name: LocalizedText;
  @Codes('role', { required: true }) roles: Role[];
  @Code('side', { required: true }) side: Side;
  @Ref('organization') organization: Reference | null;
  @Codes('language', { required: true }) translatesInto: Language[];
  @Code('language') language: Language | null;
  @Code('accountState', { required: true }) state: AccountState;
  @Flag({ required: true }) hasSecondFactor: boolean;
  @Instant({ required: true }) createdAt: Date;
  @Instant({ required: true }) updatedAt: Date;
  @Instant() lastSignedInAt: Date | null;
}

export class AccountChange {
  @Codes('role') roles?: Role[] | null;
  @Code('side') side?: Side | null;
  @Ref('organization') organization?: Reference | null;
  @Codes('language') translatesInto?: Language[] | null;
  @Code('accountState') state?: AccountState | null;
  @Localized({ max: 1000, multiline: true }) reason?: LocalizedText | null;
}

export class OwnChange {
  @Localized({ max: LONGEST_NAME }) name?: LocalizedText | null;
  @Code('language') language?: Language | null;
}
