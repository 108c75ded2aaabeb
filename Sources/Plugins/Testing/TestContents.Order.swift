internal import Governance

/// The same records in another order.
extension TestContents {
  /// Records of each kind in an order of chance, with the numbers by which others refer to them.
  ///
  /// What refers to another record of its own kind stays behind it.
  ///
  /// - Returns: the contents, and the old numbers in their new order by kind.
  func reordered(
    _ chance: inout Chance, kinds: [Kind]
  ) -> (contents: TestContents, orders: [String: [Int]]) {
    let own = Dictionary(grouping: records, by: \.kind)
    var orders: [String: [Int]] = [:]
    for id in own.keys.sorted() {
      guard let kind = kinds.first(where: { $0.id == id }), let entries = own[id] else { continue }
      let drawn = chance.shuffled(Array(entries.indices))
      orders[id] = Self.behindWhatTheyNeed(drawn, entries, kind)
    }
    let places = orders.mapValues { order in
      Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) })
    }
    let moved = own.keys.sorted().flatMap { id -> [Entry] in
      let kind = kinds.first { $0.id == id }
      return (orders[id] ?? []).compactMap { own[id]?[$0].moved(kind, places) }
    }
    return (
      TestContents(today: today, units: units, settings: settings, records: moved),
      orders.mapValues { $0.map { $0 + 1 } }
    )
  }

  private static func behindWhatTheyNeed(
    _ drawn: [Int], _ entries: [Entry], _ kind: Kind
  ) -> [Int] {
    let fields = kind.fields.filter { $0.type == .reference(to: kind.id) }.map(\.key)
    var order: [Int] = []
    func place(_ index: Int) {
      guard entries.indices.contains(index), !order.contains(index) else { return }
      for case .integer(let id)? in fields.map({ entries[index].values[$0] }) where id <= index {
        place(Int(id) - 1)
      }
      order.append(index)
    }
    for index in drawn { place(index) }
    return order
  }
}

extension TestContents.Entry {
  /// The same record, naming others by their new numbers.
  fileprivate func moved(_ kind: Kind?, _ places: [String: [Int: Int]]) -> TestContents.Entry {
    var values = values
    for field in kind?.fields ?? [] {
      guard case .reference(let target) = field.type, case .integer(let id)? = values[field.key],
        let place = places[target]?[Int(clamping: id) - 1]
      else { continue }
      values[field.key] = .integer(Int64(place + 1))
    }
    return TestContents.Entry(kind: self.kind, unit: unit, values: values)
  }
}
