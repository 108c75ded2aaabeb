internal import Governance

/// 八必报 in the plan's order.
enum ReportKind: Int, CaseIterable {
  case facilityDamage, backAlleyUnclean, newPregnancy, inboundResidents, seriousIllness
  case rentalStarted, safetyHazard, instabilityFactor

  /// The code seen outside Swift.
  var code: String { BuiltInKinds.reportKinds[rawValue].code }

  /// How many of a hundred reports are of this kind (`domain.md` §9).
  var percent: Int { [24, 21, 4, 10, 6, 11, 17, 7][rawValue] }

  /// E3, E5 and E8 are in no indicator.
  var isCounted: Bool {
    switch self {
    case .newPregnancy, .seriousIllness, .instabilityFactor: false
    default: true
    }
  }

  /// E1, E2, E7: what the block on environment and safety looks at.
  var isHazard: Bool {
    switch self {
    case .facilityDamage, .backAlleyUnclean, .safetyHazard: true
    default: false
    }
  }

  /// Working days to settle it (`domain.md` §1.E); a dispute has the time of a complex matter (§6.6).
  var workdaysToResolve: Int {
    switch self {
    case .facilityDamage, .safetyHazard: 7
    case .backAlleyUnclean: 2
    case .newPregnancy, .inboundResidents, .seriousIllness: 3
    case .rentalStarted: 5
    case .instabilityFactor: 15
    }
  }

  /// E7 and E8 ask for a first action within hours; the others are accepted within a working day.
  func hoursToAccept(isDanger: Bool) -> Int? {
    switch self {
    case .safetyHazard: isDanger ? 2 : 24
    case .instabilityFactor: 24
    default: nil
    }
  }
}

/// A case while it is being made up, before it has a number.
struct CaseDraft {
  let kind: ReportKind
  let isDanger: Bool
  var reported: Instant
  var acceptDue = TimeLine.now
  var resolveDue = TimeLine.now
  var accepted: Instant?
  var resolved: Instant?
  var extensions = 0
  var redOn: Day?
  var exclusion: String?

  /// Places in the list of drafts.
  var duplicateOf: Int?
  var recurrenceOf: Int?
  var channel = "head"
  var building: Int?
  var estate: UnitID?
  var place: String?
  var reporter: String?

  /// Past its date and still unsettled today.
  var isOverdue = false

  /// Neither due nor settled today.
  var isOpen = false

  init(_ kind: ReportKind, isDanger: Bool, reported: Instant) {
    self.kind = kind
    self.isDanger = isDanger
    self.reported = reported
  }

  /// Whether indicators look at it.
  var isCounted: Bool { kind.isCounted && exclusion == nil }

  /// When a case ends its day's work.
  static let closing = 18

  mutating func setClocks(_ work: Workdays) {
    if let hours = kind.hoursToAccept(isDanger: isDanger) {
      acceptDue = reported.adding(hours: hours)
    } else {
      acceptDue = Instant(work.adding(1, to: reported.day), hour: Self.closing)
    }
    if isDanger {
      resolveDue = reported.adding(hours: 24)
    } else {
      resolveDue = Instant(
        work.adding(kind.workdaysToResolve, to: reported.day), hour: Self.closing)
    }
  }
}
