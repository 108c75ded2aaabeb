/// Who sits on a residents' council (D2; `domain.md` §3.2).
public struct CouncilComposition: Hashable, Sendable {
  /// Elected from the building heads.
  public let elected: Int

  /// Further candidates from building groups or residents' representatives.
  public let supplementary: Int

  /// The community's own member.
  public let cadre: Int

  /// Whether more heads stand than there are seats; without contest there is still a vote of approval.
  public let isContested: Bool

  /// Whether it is smaller than the rule has it, so that the street must agree.
  public let needsConsent: Bool

  public var size: Int { elected + supplementary + cadre }

  /// Ten elected and one cadre; with fewer than ten heads, supplementary members fill up.
  ///
  /// Where there are not enough of those either, the council is the heads and
  /// the cadre, made odd by one supplementary member, and the street must agree.
  /// Nil when nobody is there to sit, or when the number cannot be made odd.
  public static func required(heads: Int, candidates: Int) -> CouncilComposition? {
    guard heads >= 0, candidates >= 0 else { return nil }
    let missing = max(0, 10 - heads)
    if candidates >= missing {
      return CouncilComposition(
        elected: min(heads, 10), supplementary: missing, cadre: 1, isContested: heads > 10,
        needsConsent: false)
    }
    let extra = (heads + 1).isMultiple(of: 2) ? 1 : 0
    guard heads > 0, candidates >= extra else { return nil }
    return CouncilComposition(
      elected: heads, supplementary: extra, cadre: 1, isContested: false, needsConsent: true)
  }
}
