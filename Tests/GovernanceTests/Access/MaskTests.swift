import Governance
import Testing

/// What may be seen of personal fields is declared with them.
@Suite struct MaskTests {
  @Test(
    arguments: [
      (Mask.name, "张三丰", "张*"), (.name, "欧阳", "欧*"), (.name, "", ""),
      (.name, "13987654321", "1*"),
      (.telephone, "0943-000-0112", "094****"), (.telephone, "12", "*"),
      (.telephone, "王五家 13987654321", "*"),
      (.address, "3号楼2单元501", "3号楼*"), (.address, "12-3-401", "12-*"), (.address, "东院4号楼", "*"),
      (.address, "肺癌晚期，住院楼3床", "*"), (.address, "13987654321", "*"),
      (.identityNumber, "62010219400101123X", "****"),
      (.text, "家住3号楼2单元", "*"), (.text, "", ""),
      (.hidden, "家住3号楼2单元", nil),
    ] as [(Mask, String, String?)])
  func `A mask keeps what its sort declares and hides the length`(
    mask: Mask, text: String, masked: String?
  ) {
    #expect(mask.masked(text) == masked)
  }

  @Test func `What is no text is hidden, whatever the mask`() {
    for mask in Mask.allCases { #expect(mask.masked(.integer(1950)) == nil) }
  }

  // Reviewed field by field; one that is added must be added here, with how it is masked.
  @Test func `Each personal field of each kind is masked as what it holds`() {
    let declared = BuiltInKinds.all.flatMap { kind in
      kind.fields.compactMap { field in field.mask.map { "\(kind.id).\(field.key) \($0)" } }
    }
    #expect(
      declared.sorted() == [
        "case.reporter name", "dwelling.door address", "log_entry.text text",
        "person.also_listed text", "person.birth_year hidden", "person.dwelling hidden",
        "person.name name", "person.phone telephone", "post.name name",
      ])
  }

  // What people write about a matter and what an office writes as its reason is open to those who
  // supervise it; Documentation/Safety.md tells who writes to leave persons out of it.
  @Test func `Every free text that is not personal is one that was decided to be open`() {
    let open = BuiltInKinds.all.flatMap { kind in
      kind.fields.filter { $0.type == .text && $0.privacy == .none }.map { "\(kind.id).\($0.key)" }
    }
    #expect(
      Set(open) == [
        "unit.key", "unit.name", "unit.english", "unit_type.typology", "unit_type.type",
        "courtyard.name", "building.name", "party_branch.name", "resident_unit.name",
        "resident_unit.phone", "social_organisation.name", "activity.title", "post.ended_because",
        "mandate.scope", "session.subject", "excuse.reason", "advice.subject", "convention.title",
        "convention.matter", "case.place", "ledger_movement.reason", "obligation.title",
        "question.subject", "merit.title", "finding.summary",
      ])
  }

  @Test func `What dates a record is never personal: refusals quote it`() {
    for kind in BuiltInKinds.all {
      let validity = [kind.validity?.from, kind.validity?.to].compactMap(\.self)
      for key in kind.chronology + [kind.happened].compactMap(\.self) + validity {
        #expect(kind.field(key)?.privacy == Privacy.none, "\(kind.id).\(key)")
      }
    }
  }

  @Test func `A personal text without its mask cannot be declared`() async {
    await #expect(processExitsWith: .failure) {
      _ = Field("note", "记", "note", .text, privacy: .personal(.hidden))
    }
    await #expect(processExitsWith: .failure) {
      _ = Field("year", "年", "year", .integer, privacy: .personal(.name))
    }
  }
}
