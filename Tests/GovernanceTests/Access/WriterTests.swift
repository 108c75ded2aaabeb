import Governance
import Testing

/// Who may write what is a list: a role that is not in it may not.
@Suite struct WriterTests {
  static let street: Set<Role> = [.streetLeader, .office]
  static let community: Set<Role> = [
    .streetLeader, .office, .secretary, .worker, .receptionist,
  ]

  static let writers: [(roles: Set<Role>, kinds: Set<String>)] = [
    (street, ["unit", "unit_type", "adjacency", "caretaking", "excuse", "merit", "finding"]),
    (community.union([.head]), ["case", "person", "dwelling", "building_group"]),
    (
      community,
      [
        "courtyard", "building", "stairwell", "post", "party_organisation", "party_branch",
        "resident_unit", "social_organisation", "activity", "mandate", "trial_operation",
        "council_seat", "session", "attendance", "advice", "convention", "callback", "duty_day",
        "patrol", "log_entry", "visit_plan", "visit", "ledger_count", "ledger_movement",
        "obligation", "question", "survey_answer",
      ]
    ),
  ]

  @Test(arguments: Role.allCases)
  func `Each kind is written by the roles of its list and by no other`(role: Role) throws {
    let actor = Actor(role, of: role.isStreetWide ? nil : "sll-02")
    for kind in BuiltInKinds.all {
      let row = Self.writers.filter { $0.kinds.contains(kind.id) }
      let roles = try #require(row.first?.roles, "\(kind.id) is in no list")
      #expect(row.count == 1)
      #expect(actor.may(.write(kind)) == roles.contains(role), "\(role) \(kind.id)")
    }
  }

  static let actions: [(Actor.Action, Set<Role>)] = [
    (.setSetting(.street), street), (.setSetting(.type), street),
    (.setSetting(.community("sll-02")), street.union([.secretary])),
    (.setSetting(.community("sll-03")), street), (.managePlugins, street),
    (.closePeriod, street), (.restore, street),
    (.readAudit, street.union([.supervision, .secretary])),
  ]

  @Test(arguments: actions)
  func `Each act is done by the roles of its list and by no other`(
    action: Actor.Action, roles: Set<Role>
  ) {
    for role in Role.allCases {
      let actor = Actor(role, of: role.isStreetWide ? nil : "sll-02")
      #expect(actor.may(action) == roles.contains(role), "\(role)")
    }
  }

  // What a head could better the own standing with is kept by others.
  @Test func `A head changes records of the own building and none of another`() throws {
    let head = Actor(.head, of: "sll-02", part: "B07", place: 7)
    for kind in BuiltInKinds.all where kind.writers.contains(.head) {
      #expect(head.own(kind) != .everything && head.own(kind) != .nothing, "\(kind.id)")
    }
  }
}
