import type { Language } from '../languages.js';
import type { Finding } from './finding.js';

/** Fingerprints of both texts of a pair, however they are made. */
export type Fingerprints = Record<Language, string>;

/** Somebody's signed word that a warning is no fault here. */
export type Waiver = Pick<Finding, 'check' | 'message' | 'language' | 'excerpt'> & {
  reason: string;
  fingerprints: Fingerprints;
};

/**
 * Whether a finding needs no mending any more. An error blocks approval and cannot be waived; a waiver without a reason is
 * none, and one that was given for other texts has lapsed: it is tied to the fingerprints of both.
 */
export const isWaived = (finding: Finding, waivers: readonly Waiver[], fingerprints: Fingerprints): boolean =>
  finding.severity === 'warning' &&
  waivers.some(
    (waiver) =>
      waiver.check === finding.check &&
      waiver.message === finding.message &&
      waiver.language === finding.language &&
      waiver.excerpt === finding.excerpt &&
      waiver.reason.trim() !== '' &&
      waiver.fingerprints.zh === fingerprints.zh &&
      waiver.fingerprints.ru === fingerprints.ru,
  );

/** What still stands between a pair and its approval. */
export const openFindings = (
  findings: readonly Finding[],
  waivers: readonly Waiver[],
  fingerprints: Fingerprints,
): Finding[] => findings.filter((finding) => !isWaived(finding, waivers, fingerprints));
