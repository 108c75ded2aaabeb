import Governance
import Testing

@Suite struct JSONTests {
  static let sample: JSONValue = [
    "score": .decimal(Decimal(units: 8910, places: 2)), "rank": 3, "tied": false, "reason": nil,
    "units": ["sll-02", "a\"b\\c\n\u{1B}\u{202E}"], "empty": [], "none": [:], "share": .number(0.5),
  ]

  // decisions.md 21: decimals as strings, stable order.
  @Test func `Compact keeps the order, decimals are strings, nothing can be obeyed`() {
    #expect(
      Self.sample.compact == #"{"score":"89.10","rank":3,"tied":false,"reason":null,"#
        + #""units":["sll-02","a\"b\\c\n\u001b\u202e"],"empty":[],"none":{},"share":0.5}"#)
  }

  @Test func `Pretty indents by two and keeps empty lists short`() {
    let value: JSONValue = ["a": [1, ["b": []]], "c": [:]]
    #expect(
      value.pretty == """
        {
          "a": [
            1,
            {
              "b": []
            }
          ],
          "c": {}
        }
        """)
  }

  @Test func `Canonical is the same whatever order members were added in`() {
    let one: JSONValue = ["b": 1, "a": ["d": 2, "c": 3], "名": 4]
    let other: JSONValue = ["名": 4, "a": ["c": 3, "d": 2], "b": 1]
    #expect(one != other)
    #expect(one.canonical == other.canonical)
    #expect(one.canonical == #"{"a":{"c":3,"d":2},"b":1,"名":4}"#)
  }

  // What is digested and kept is written this way.
  @Test(arguments: [
    ("{\"b\":1,\"a\":[true,false,null,-7]}", "{\"a\":[true,false,null,-7],\"b\":1}"),
    (" [ \"\\u00e9\n\\\"\" , {} ] ", "[\"é\\n\\\"\",{}]"),
    ("\"\\ud834\\udd1e\"", "\"𝄞\""),
  ])
  func `Canonical is one spelling that reads back the same`(text: String, spelling: String) throws {
    let text = text.replacing("\n", with: "\\n")
    let json = try JSONValue(parsing: text)
    #expect(json.canonical == spelling)
    #expect(try JSONValue(parsing: spelling) == JSONValue(parsing: json.canonical))
  }

  /// Texts that are written as they are, and their neighbours that are not.
  @Test(arguments: [
    ("十字街，“七日内”答复——逾期…", true), ("a\u{2027}", true), ("a\u{2028}", false),
    ("\u{200F}", false), ("\u{2010}", true), ("\u{2066}", false), ("\u{FEFF}", false),
    ("！\u{FF5E}", true), ("\u{FFF9}", false), ("\u{61C}", false), ("\u{85}", false),
    ("\u{7F}", false), ("é", true), ("😀", true), ("\u{E0001}", false), ("a\"", false),
    ("\u{110BD}", false), ("\u{180E}", false), ("\u{EFFF}", true),
  ])
  func `What a terminal would obey is written as numbers`(text: String, isShown: Bool) throws {
    let written = JSONValue.string(text).compact
    #expect((written == "\"\(text)\"") == isShown, "\(written)")
    #expect(try JSONValue(parsing: written) == .string(text))
  }

  @Test func `The envelope names the command`() {
    #expect(
      JSONValue.envelope("assess", [1]).compact == #"{"format":"gongyue.assess/1","data":[1]}"#)
  }

  @Test func `What is written is read back`() throws {
    #expect(try JSONValue(parsing: Self.sample.compact) == Self.sample)
    #expect(try JSONValue(parsing: Self.sample.pretty) == Self.sample)
  }

  @Test(
    arguments: [
      (" [1 , -0.5e2]\r\n", .array([1, .number(-50)])), (#""\ud83d\ude00\u4e2d\/""#, "😀中/"),
      ("-0", 0), ("9223372036854775807", .integer(.max)), ("1.0", .number(1)), ("\"\"", ""),
    ] as [(String, JSONValue)])
  func `Valid texts are read`(text: String, value: JSONValue) throws {
    #expect(try JSONValue(parsing: text) == value)
  }

  @Test(arguments: [
    "", " ", "[1,]", "{\"a\":1,}", "{a:1}", "[1 2]", "01", "1.", ".5", "+1", "1e", "--1", "NaN",
    "tru", "\"a", "\"\\x\"", "\"\\ud800\"", "\"\\ud800\\u0041\"", "\"\\udc00\"", "\"\\u12g4\"",
    "\"\\u12", "\"\u{1}\"", "{\"a\":1,\"a\":2}", "1 2", "9223372036854775808", "1e999", "// c\n1",
    "[", "{", "{\"a\"", "\\", "'a'",
  ])
  func `Anything else is refused`(text: String) {
    #expect { try JSONValue(parsing: text) } throws: { ($0 as? Problem)?.code == .inputInvalid }
  }

  @Test func `A refusal names the line and what was found`() throws {
    let problem = try #require(throws: Problem.self) {
      try JSONValue(parsing: "{\n\"a\": 1,\n\"a\": 2}", file: "week.json")
    }
    #expect(problem.place == Place(file: "week.json", line: 3))
    #expect(problem.message.chinese == "不是有效的 JSON：名称“a”出现了两次")
  }

  @Test func `Depth and size are bounded`() {
    let deep = String(repeating: "[", count: 101) + String(repeating: "]", count: 101)
    #expect(throws: Problem.self) { try JSONValue(parsing: deep) }
    let million = String(repeating: "[", count: 1_000_000)
    #expect(throws: Problem.self) { try JSONValue(parsing: million) }
    #expect(throws: Problem.self) {
      try JSONValue(parsing: "[1,2,3]", limits: JSONValue.ParsingLimits(bytes: 6))
    }
    #expect(throws: Never.self) {
      try JSONValue(parsing: String(deep.dropFirst().dropLast()))
    }
  }
}
