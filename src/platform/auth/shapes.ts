import { Code, Flag, Identifier, Instant, Int, Text } from '../../resource/fields.js';
import { Email, TypedPassword } from '../accounts/shapes.js';

/** Bodies and answers of the routes about sessions; what each member is for stands in `locales/*\/fields.json`. */

export class NewSession {
  @Email() email: string;
  @TypedPassword() password: string;
  @Text({ secret: true, max: 40 }) code?: string | null;
}

export class AccessGrant {
  @Text({ required: true, secret: true, max: 4_096 }) accessToken: string;
  @Int({ required: true }) expiresIn: number;
  @Text({ required: true }) tokenType: string;
}

export class SessionGrant extends AccessGrant {
  @Code('secondFactorState', { required: true }) secondFactor: 'none' | 'verified' | 'owed';
}

export class SessionView {
  @Identifier({ required: true }) id: string;
  @Instant({ required: true }) createdAt: Date;
  @Instant({ required: true }) lastUsedAt: Date;
  @Text({ max: 200 }) userAgent: string | null;
  @Text({ required: true }) address: string;
  @Flag({ required: true }) current: boolean;
}
