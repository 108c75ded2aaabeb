/// How well a community worked: the only place where the outcome of the assessment is tuned.
///
/// Rates are in thousandths for March, April and May; the generator leaves out
/// so many of the records that fall due in the month, to the nearest whole. No
/// score is stored anywhere: the assessment counts the records.
struct Performance {
  // Closed loop: accepted in time; E1, E2, E7 and the others handled in time; satisfied call-backs.
  let accepted, hazards, requests, satisfied: [Int]

  /// Closures whose thirty days ended in April and in May, without recurrence.
  let lasting: [Int]

  // Visits: households, units, log entries. Environment: patrols.
  let households, units, log, patrol: [Int]

  /// Social organisations with an activity in the month.
  let active: [Int]

  /// The panels of the fourth quarter of 2025 and of the first of 2026.
  let survey: [Int]

  // Numbers of records that went wrong in March, April and May.
  var reds = [0, 0, 0]
  var lateReplies = [0, 0, 0]
  var lateDisclosures = [0, 0, 0]
  var keptShort = [0, 0, 0]
  var lateAnswers = [0, 0, 0]

  /// Ledgers whose count differs from opening plus movements: month, ledger, difference.
  var ledgersOff: [(month: Int, ledger: String, difference: Int)] = []

  /// Buildings whose group was formed in May only.
  var groupsFormedLate = 0

  /// One red of April comes from a second extension.
  var extendedTwice = false

  /// Points of recorded merits in tenths, by month.
  var merits = [0, 0, 0]
}

extension Performance {
  /// In the order of the communities, 建设路 to 红卫村.
  static let all: [Performance] = [
    Performance(
      accepted: [940, 940, 940], hazards: [890, 895, 910], requests: [900, 900, 910],
      satisfied: [890, 890, 890], lasting: [900, 910], households: [880, 865, 480],
      units: [900, 900, 480], log: [940, 930, 940], patrol: [940, 940, 940],
      active: [600, 670, 250], survey: [880, 885], merits: [0, 3, 0]),
    Performance(
      accepted: [920, 920, 930], hazards: [860, 875, 880], requests: [870, 880, 890],
      satisfied: [860, 860, 870], lasting: [890, 890], households: [830, 840, 420],
      units: [860, 870, 420], log: [920, 920, 920], patrol: [920, 920, 920],
      active: [560, 670, 220], survey: [860, 880], reds: [1, 0, 0], lateReplies: [0, 1, 0]),
    Performance(
      accepted: [920, 930, 930], hazards: [860, 865, 880], requests: [860, 880, 880],
      satisfied: [850, 850, 860], lasting: [880, 880], households: [800, 820, 400],
      units: [780, 830, 400], log: [900, 910, 910], patrol: [910, 920, 920],
      active: [500, 630, 250], survey: [850, 860], keptShort: [0, 1, 0],
      lateAnswers: [0, 1, 0], ledgersOff: [(1, "units", 1)]),
    Performance(
      accepted: [930, 930, 940], hazards: [880, 885, 900], requests: [890, 890, 910],
      satisfied: [870, 870, 880], lasting: [910, 910], households: [840, 850, 460],
      units: [860, 890, 460], log: [930, 930, 930], patrol: [930, 930, 930],
      active: [640, 640, 270], survey: [880, 910], merits: [0, 5, 0]),
    Performance(
      accepted: [940, 930, 930], hazards: [890, 880, 880], requests: [900, 890, 890],
      satisfied: [880, 880, 870], lasting: [890, 890], households: [870, 860, 450],
      units: [880, 880, 450], log: [930, 920, 920], patrol: [930, 920, 920],
      active: [670, 670, 170], survey: [870, 880], reds: [0, 3, 0],
      lateDisclosures: [0, 1, 0], groupsFormedLate: 1),
    Performance(
      accepted: [930, 920, 930], hazards: [880, 880, 880], requests: [880, 880, 890],
      satisfied: [870, 870, 870], lasting: [890, 890], households: [840, 805, 430],
      units: [870, 850, 430], log: [920, 920, 920], patrol: [920, 905, 920],
      active: [560, 670, 220], survey: [860, 865], lateAnswers: [1, 0, 0]),
    Performance(
      accepted: [930, 920, 910], hazards: [880, 870, 870], requests: [880, 870, 870],
      satisfied: [870, 870, 860], lasting: [880, 870], households: [860, 840, 400],
      units: [870, 850, 400], log: [930, 920, 910], patrol: [930, 920, 910],
      active: [500, 500, 200], survey: [860, 850], reds: [0, 1, 0],
      ledgersOff: [(1, "residents", 2)], extendedTwice: true),
    Performance(
      accepted: [920, 940, 940], hazards: [860, 890, 900], requests: [870, 890, 900],
      satisfied: [860, 870, 880], lasting: [900, 910], households: [810, 860, 460],
      units: [830, 890, 460], log: [920, 930, 940], patrol: [920, 930, 940],
      active: [600, 800, 200], survey: [850, 890], lateDisclosures: [1, 0, 0]),
  ]
}
