extension WorkCalendar {
  /// Monday to Friday, all of it provisional.
  public static let withoutNotices = WorkCalendar()

  private init() {
    (version, listed, covered, solar, lunar, statuteFrom) = ("", [:], [], [:], [:], nil)
  }

  /// Reads and checks the entries of a calendar file.
  ///
  /// - Parameter provisionalYears: years the file says it has no notice for yet.
  /// - Throws: `calendar.invalid` for everything wrong at once: dates that do not
  ///   exist, a day listed twice in one notice or both off and worked, a day far
  ///   from the year it is listed for, a weekday "worked" that nobody took off.
  public init(
    notices: [Notice], provisionalYears: [Int] = [], statutory: StatutoryDays? = nil,
    version: String
  ) throws(Problems) {
    var reading = CalendarReader()
    let read = notices.enumerated().map { reading.read($1, position: $0) }
      .sorted { ($0.issued, $0.position) < ($1.issued, $1.position) }
    reading.checkNumbers(notices)
    reading.checkYears(notices, provisional: provisionalYears)
    reading.checkWorkedWeekdays(read)
    statutory.map { reading.read($0) }
    guard reading.problems.isEmpty else { throw Problems(reading.problems) }

    var listed: [Day: Listing] = [:]
    for notice in read { listed.merge(notice.days) { _, later in later } }
    self.listed = listed
    self.covered = Set(notices.compactMap(\.covers))
    self.solar = reading.solar
    self.lunar = reading.lunar
    self.statuteFrom = reading.statuteFrom
    self.version = version
  }
}

/// One pass over a calendar file, collecting days and problems.
private struct CalendarReader {
  var problems: [Problem] = []
  var solar: [WorkCalendar.MonthDay: String] = [:]
  var lunar: [Day: String] = [:]
  var statuteFrom: Day?

  struct Read {
    let issued: Day
    let position: Int
    let notice: Notice
    let days: [Day: WorkCalendar.Listing]
  }

  mutating func read(_ notice: Notice, position: Int) -> Read {
    var days: [Day: WorkCalendar.Listing] = [:]
    for entry in notice.off {
      for day in span(entry.days, notice.number, notice.place) {
        let listing = WorkCalendar.Listing(
          isWorked: false, name: entry.name, notice: notice.number)
        list(day, listing, in: notice, &days)
      }
    }
    for text in notice.worked {
      guard let day = day(text, notice.number, notice.place) else { continue }
      let listing = WorkCalendar.Listing(isWorked: true, name: nil, notice: notice.number)
      list(day, listing, in: notice, &days)
    }
    if days.isEmpty, notice.off.isEmpty, notice.worked.isEmpty {
      report(.listsNothing(notice.number), notice.place)
    }
    let issued = day(notice.issued, notice.number, notice.place) ?? .earliest
    return Read(issued: issued, position: position, notice: notice, days: days)
  }

  private mutating func list(
    _ day: Day, _ listing: WorkCalendar.Listing, in notice: Notice,
    _ days: inout [Day: WorkCalendar.Listing]
  ) {
    if let known = days[day] {
      let problem: Problem =
        known.isWorked == listing.isWorked
        ? .listedTwice(day, notice.number) : .offAndWorked(day, notice.number)
      return report(problem, notice.place)
    }
    if let year = notice.covers, !Self.window(of: year).contains(day) {
      report(.farFromYear(day, year, notice.number), notice.place)
    }
    days[day] = listing
  }

  /// A year's notice speaks of that year and of the December before it.
  private static func window(of year: Int) -> ClosedRange<Day> {
    Day(unchecked: year - 1, 12, 1)...Day(unchecked: year, 12, 31)
  }

  mutating func read(_ statutory: StatutoryDays) {
    statuteFrom = day(statutory.from, statutory.basis, statutory.place)
    for entry in statutory.solar {
      // A leap year has every day that any year has.
      guard let day = Day("2024-" + entry.day) else {
        report(.notADay(entry.day, statutory.basis), statutory.place)
        continue
      }
      let key = WorkCalendar.MonthDay(month: day.month, day: day.dayOfMonth)
      if solar.updateValue(entry.name, forKey: key) != nil {
        report(.listedTwice(entry.day, statutory.basis), statutory.place)
      }
    }
    for entry in statutory.lunar {
      for day in span(entry.days, statutory.basis, statutory.place)
      where lunar.updateValue(entry.name, forKey: day) != nil {
        report(.listedTwice(day, statutory.basis), statutory.place)
      }
    }
  }

  mutating func checkNumbers(_ notices: [Notice]) {
    var known: Set<String> = []
    for notice in notices where !known.insert(notice.number).inserted {
      report(.noticeTwice(notice.number), notice.place)
    }
  }

  mutating func checkYears(_ notices: [Notice], provisional: [Int]) {
    var covering: [Int: String] = [:]
    for notice in notices {
      guard let year = notice.covers else { continue }
      if let other = covering[year] {
        report(.yearCoveredTwice(year, other, notice.number), notice.place)
      }
      covering[year] = notice.number
      if provisional.contains(year) {
        report(.noLongerProvisional(year, notice.number), notice.place)
      }
    }
  }

  /// Nobody needs to be told to work on a Wednesday, unless it had been a day off.
  mutating func checkWorkedWeekdays(_ read: [Read]) {
    var off: Set<Day> = []
    for entry in read {
      for (day, listing) in entry.days.sorted(by: { $0.key < $1.key }) {
        if listing.isWorked, !day.weekday.isWeekend, !off.contains(day) {
          report(.workedWeekday(day, entry.notice.number), entry.notice.place)
        }
      }
      off.formUnion(entry.days.filter { !$0.value.isWorked }.keys)
    }
  }

  private mutating func day(_ text: String, _ source: String, _ place: Place?) -> Day? {
    if let day = Day(text) { return day }
    report(.notADay(text, source), place)
    return nil
  }

  /// The days of `2026-01-01` or `2026-01-01/2026-01-03`; none when it is neither.
  private mutating func span(
    _ text: String, _ source: String, _ place: Place?
  ) -> [Day] {
    guard let period = try? Period.parse(text), period.kind == nil || period.kind == .day,
      period.length <= 31
    else {
      report(.notADay(text, source), place)
      return []
    }
    return Array(period.days)
  }

  private mutating func report(_ problem: Problem, _ place: Place?) {
    problems.append(place.map(problem.at) ?? problem)
  }
}
