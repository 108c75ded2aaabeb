public import Governance

/// A whole street of eight communities, invented to the last door, as records to be stored.
///
/// The same scale, seed and calendar give the same records in the same order.
/// Totals are those of `domain.md` §9 on 30 April 2026; life runs from 1 March
/// to 12 May 2026 under the rule set law-2026. A batch holds one chapter of one
/// community, so a hundred streets stream in little memory.
public struct DemoStreet: Sequence, Sendable {
  private let scale: Int
  private let seed: UInt64
  private let work: Workdays

  /// - Parameters:
  ///   - scale: how many streets under the one district.
  ///   - seed: another number gives other people and other days, with the same totals.
  ///   - calendar: which days are worked; every deadline follows from it.
  public init(scale: Int = 1, seed: UInt64 = 2026, calendar: WorkCalendar) {
    self.init(scale: scale, seed: seed) { calendar.isWorkday($0) }
  }

  /// With a rule in place of a calendar, for days between December 2025 and September 2026.
  package init(scale: Int = 1, seed: UInt64 = 2026, isWorkday: (Day) -> Bool) {
    precondition(scale > 0, "\(scale) streets")
    self.scale = scale
    self.seed = seed
    work = Workdays(isWorkday: isWorkday)
  }

  public func makeIterator() -> Iterator {
    Iterator(scale: scale, seed: seed, work: work)
  }

  /// Gives the batches of records in an order in which they can be stored.
  public struct Iterator: IteratorProtocol {
    private let scale: Int
    private let seed: UInt64
    private let work: Workdays
    private let numbering = Numbering()
    private var step = 0
    private var writer: CommunityWriter?

    init(scale: Int, seed: UInt64, work: Workdays) {
      self.scale = scale
      self.seed = seed
      self.work = work
    }

    /// A street's structure, then seven chapters of each community.
    public mutating func next() -> [NewRecord]? {
      let chapters = CommunityWriter.Chapter.allCases
      let perStreet = 1 + Facts.all.count * chapters.count
      let street = step / perStreet + 1
      let part = step % perStreet - 1
      guard street <= scale else { return nil }
      step += 1
      if part < 0 { return StreetWriter(number: street, numbering: numbering).records() }
      if part % chapters.count == 0 { begin(Facts.all[part / chapters.count], street: street) }
      return writer?.write(chapters[part % chapters.count])
    }

    private mutating func begin(_ facts: Facts, street: Int) {
      var mixed = SplitMix(seed &+ UInt64(street * 100 + facts.number))
      writer = CommunityWriter(
        facts: facts, street: StreetWriter.id(street), work: work, numbering: numbering,
        random: SplitMix(mixed.next()))
    }
  }
}
