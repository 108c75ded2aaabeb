import Governance
import Testing

/// Row "Trace" of `formulas.md`: proof tree, stable order, text and JSON; the leaves recompute the root.
struct ExplanationTests {
  private func full() throws -> Assessment {
    let council = Deduction(
      id: "no_session", title: Words("当月未召开议事会", "no session"),
      rule: try DeductionRule(each: 2, mostInYear: 6),
      settings: [
        SettingUse(
          key: "assessment.no_session", label: Words("未开会扣分", "no session"),
          value: Words(verbatim: "2"), layer: Words("街道", "street"),
          source: "plugins/street/settings.yaml:4")
      ])
    let scheme = try P8.scheme(
      "village_to_city", deductions: [council], bonus: Bonus(title: Words("加分", "bonus"), most: 5))
    var inputs = P8.inputs(response: (59, 64), solution: (55, 64))
    inputs.observations[.init("c", "solution")] = .rate(
      .init(.present(55)),
      of: .init(
        .present(64),
        records: [
          Contribution(
            query: Words("四月到期的事项", "cases due in April"), key: "due", count: 64,
            digest: "3f2a91c0ffee",
            codes: ["sll-01-2026-0101", "sll-01-2026-0102"])
        ]))
    inputs.deductions["no_session"] = [
      .init(.present(0)), .init(.present(1), period: try Period.parse("2026-03")),
    ]
    inputs.bonus = .init(.zeroReport)
    return try P8.assess(scheme, inputs)
  }

  @Test func `The leaves recompute the root`() throws {
    let result = try full()
    #expect(try result.explanation.recomputed() == result.explanation.value)
    #expect(try result.explanation.disagreements().isEmpty)
  }

  @Test func `The tree survives JSON, exact to the last fraction`() throws {
    let tree = try full().explanation
    let text = tree.json().pretty
    let read = try Explanation(try JSONValue(parsing: text))
    #expect(read.value == tree.value)
    #expect(try read.recomputed() == tree.value)
    #expect(read.json().pretty == text)
    let satisfaction = try #require(read.first(.indicator, "satisfaction"))
    #expect(satisfaction.value == .present(Rational("13400/161")!))
    #expect(tree.json()["value"]?.text == "89.15")
  }

  @Test func `A number changed in the stored tree is found`() throws {
    let text = try full().explanation.json().compact
      .replacing("\"value\":\"55\"", with: "\"value\":\"56\"")
    let read = try Explanation(try JSONValue(parsing: text))
    #expect(try read.recomputed() != read.value)
    #expect(
      try read.disagreements() == [
        [
          "community-assessment", "bounded", "adjusted", "blocks", "c", "solution", "rate",
        ]
      ])
  }

  @Test(arguments: [
    #"{"id":"a","role":"total","label":"a","value":null,"state":"present"}"#,
    #"{"id":"a","role":"total","label":"a","value":"1","state":"present","operation":{"name":"ratio","per":"100"},"children":[]}"#,
    #"{"id":"a","role":"total","label":"a","value":"1","state":"present","operation":{"name":"guess"}}"#,
    #"[]"#,
  ])
  func `What is not a whole tree is refused`(text: String) throws {
    let json = try JSONValue(parsing: text)
    let problem = #expect(throws: Problem.self) { try Explanation(json) }
    #expect(problem?.code == .inputInvalid)
  }

  @Test func `The first level fits one screen of Chinese`() throws {
    let row = Standings(of: [
      Contestant(try full(), name: Words("红卫村", "Hongwei"), type: "village_to_city")
    ]).rows[0]
    let text = row.report(depth: 1).rendered(as: .text, in: .chinese)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count <= 24)
    #expect(lines.allSatisfy { DisplayWidth.of(String($0)) <= 80 })
    for word in ["89.15", "闭环办理", "权重22，计18.18分", "良好", "当月未召开议事会", "数据15项齐全"] {
      #expect(text.contains(word), "\(word) in\n\(text)")
    }
  }

  @Test func `Each level opens what the last one named`() throws {
    let tree = try full().explanation
    let counts = (0...4).map { tree.lines(depth: $0).count }
    #expect(counts[0] == 1)
    #expect(counts[1] == 10)
    #expect(counts == counts.sorted())
    #expect(Set(counts).count == 5)
    func text(_ depth: Int) -> String {
      Report(nil, [.tree(tree.lines(depth: depth))]).rendered(as: .text, in: .chinese, width: 200)
    }
    #expect(text(2).contains("55/64 = 85.94%；权重35，计25.94分；满分线 95，零分线 60；离满分线差9.06"))
    #expect(text(3).contains("四月到期的事项：64件，摘要3f2a91c0"))
    #expect(text(3).contains("assessment.no_session = 2（街道）"))
    #expect(!text(3).contains("sll-01-2026-0101"))
    #expect(text(4).contains("sll-01-2026-0101、sll-01-2026-0102等，另有62件"))
  }

  @Test func `A weight that grew is shown as it was and as it is`() throws {
    let inputs = P8.inputs(satisfaction: (0, 0))
    let tree = try P8.assess(P8.scheme(), inputs).explanation
    let text = Report(nil, [.tree(tree.lines(depth: 2))])
      .rendered(as: .text, in: .chinese, width: 200)
    #expect(text.contains("权重35→53.85"))
    #expect(text.contains("分母为0，不适用；权重35，由其余部分分担"))
  }

  @Test func `A total held at 100 says so`() throws {
    let bonus = Bonus(title: Words("加分", "bonus"), most: 5)
    let full = Dictionary(uniqueKeysWithValues: P8.blockIDs.map { ($0, Figure.present(100)) })
    var inputs = P8.inputs(response: (1, 1), solution: (1, 1), satisfaction: (1, 1), others: full)
    inputs.bonus = .init(.present(3))
    let tree = try P8.assess(P8.scheme(bonus: bonus), inputs).explanation
    #expect(tree.lines(depth: 1).map(\.label.chinese).contains("限于0至100"))
  }
}
