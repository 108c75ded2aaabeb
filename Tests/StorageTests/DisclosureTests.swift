import Governance
import Storage
import Testing

/// The compiler's own wall: what is not disclosed is not compared, whoever composed the query.
@Suite struct DisclosureTests {
  private static let fields = BuiltInKinds.all.flatMap { kind in
    kind.fields.filter { $0.sensitivity != .none }.map { (kind: kind, key: $0.key) }
  }

  /// Every condition that names a field.
  private static func conditions(_ kind: Kind, _ key: String) -> [Condition] {
    let value = Value.integer(1)
    let plain: [Condition] =
      Comparison.allCases.flatMap { sign in
        [
          .compare(field: key, sign, .value(value)), .compare(field: key, sign, .field("id")),
          .compare(field: "id", sign, .field(key)),
        ]
      } + [
        .oneOf(field: key, [value]), .between(field: key, nil, nil),
        .during(field: key, today...today), .isMissing(field: key),
      ]
    let itself = Query(kind: kind.id)
    return plain + plain.map { .not($0) } + plain.map { .any([.everything, $0]) } + [
      .matched(itself, on: [.init(outer: key, inner: "id")]),
      .matched(itself, on: [.init(outer: "id", inner: key)]),
      .matched(Query(kind: kind.id, where: plain[0]), on: [.init(outer: "id", inner: "id")]),
      .not(
        .matched(
          Query(kind: kind.id, order: [.init(key)], limit: 1),
          on: [.init(outer: "id", inner: "id")])),
    ]
  }

  /// Everything that can be asked of a query.
  private static func asked(_ reading: Reader, _ query: Query, _ scope: Scope) -> [Problem?] {
    [
      problem { try reading.count(query, in: scope) },
      problem { try reading.exists(query, in: scope) },
      problem { try reading.records(query, in: scope) },
      problem { try reading.columns(query, ["id"], in: scope) },
      problem { try reading.cursor(query, ["id"], in: scope) },
      problem { try reading.evidence(query, in: scope) },
      problem { try reading.groups(query, by: ["unit"], .count, in: scope) },
    ]
  }

  @Test(arguments: [
    Grants.all(disclosing: []),
    .all(
      disclosing: [],
      partly: Dictionary(
        uniqueKeysWithValues: fields.map { ("\($0.kind.id).\($0.key)", .isMissing(field: "id")) })),
  ])
  func `What is not disclosed is not compared, matched, ordered, grouped or added up`(
    grants: Grants
  ) throws {
    let scope = Scope(units: .all, grants: grants)
    try emptyStore().read { reading throws in
      for (kind, key) in Self.fields {
        for condition in Self.conditions(kind, key) {
          for answer in Self.asked(reading, Query(kind: kind.id, where: condition), scope) {
            #expect(answer?.code == .denied, "\(condition)")
          }
        }
        let all = Query(kind: kind.id)
        for aggregate in [Aggregate.sum(key), .average(key), .minimum(key), .maximum(key)] {
          #expect(problem { try reading.total(aggregate, of: all, in: scope) }?.code == .denied)
        }
        #expect(problem { try reading.groups(all, by: [key], .count, in: scope) }?.code == .denied)
        let ordered = Query(kind: kind.id, order: [.init(key)], limit: 1)
        #expect(problem { try reading.records(ordered, in: scope) }?.code == .denied, "\(key)")
      }
    }
  }
}
