/// One holiday notice as the calendar file has it, unchecked.
///
/// Dates are texts here so that `WorkCalendar` can report everything that is
/// wrong in a file at once, each with its place.
public struct Notice: Hashable, Sendable {
  /// Days off under one name: `2026-01-01`, or `2026-01-01/2026-01-03` with both ends.
  public struct DaysOff: Hashable, Sendable {
    public let name: String
    public let days: String

    public init(_ name: String, _ days: String) {
      self.name = name
      self.days = days
    }
  }

  /// `国办发明电〔2025〕7号`.
  public let number: String
  public let title: String

  /// The date of the document; of two notices that list a day the later decides.
  public let issued: String

  /// The year it arranges as a whole; nil when it only changes single days.
  public let covers: Int?

  /// Where it was published.
  public let source: String?
  public let off: [DaysOff]

  /// Weekend days that are worked.
  public let worked: [String]

  /// Where the entry stands.
  public let place: Place?

  public init(
    number: String, title: String, issued: String, covers: Int? = nil, source: String? = nil,
    off: [DaysOff] = [], worked: [String] = [], at place: Place? = nil
  ) {
    self.number = number
    self.title = title
    self.issued = issued
    self.covers = covers
    self.source = source
    self.off = off
    self.worked = worked
    self.place = place
  }
}

/// The days off that the law itself names, as the calendar file has them, unchecked.
///
/// They are certain even where no notice has arranged the year yet. The lunar
/// ones cannot be computed here and are listed year by year.
public struct StatutoryDays: Hashable, Sendable {
  /// A day of every year: `05-01`.
  public struct Solar: Hashable, Sendable {
    public let name: String
    public let day: String

    public init(_ name: String, _ day: String) {
      self.name = name
      self.day = day
    }
  }

  /// The text they stand in.
  public let basis: String

  /// The first day on which that text is in force.
  public let from: String
  public let solar: [Solar]
  public let lunar: [Notice.DaysOff]
  public let place: Place?

  public init(
    basis: String, from: String, solar: [Solar], lunar: [Notice.DaysOff] = [],
    at place: Place? = nil
  ) {
    self.basis = basis
    self.from = from
    self.solar = solar
    self.lunar = lunar
    self.place = place
  }
}
