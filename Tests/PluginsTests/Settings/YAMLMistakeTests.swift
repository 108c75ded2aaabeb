import Governance
import Testing

@testable import Plugins

/// What people get wrong in YAML, told so that they can mend it.
struct YAMLMistakeTests {
  static let slips: [(text: String, line: Int, words: String, hint: String)] = [
    ("id: t\ntitle：测试\nversion: 1\n", 2, "第 2 行第 6 个字是全角冒号“：”，YAML 不认得", "改成半角“: ”（后面有一个空格）"),
    ("id: t\na: [甲， 乙\nb: 1\n", 2, "第 2 行第 6 个字是全角逗号“，”，YAML 不认得", "改成半角“, ”（后面有一个空格）"),
    ("id: t\na: [甲、 乙\n", 2, "第 2 行第 6 个字是顿号“、”，YAML 不认得", "改成半角“, ”（后面有一个空格）"),
    ("id: t\na: {甲: 1］\n", 2, "第 2 行第 9 个字是全角方括号“］”，YAML 不认得", "改成半角“]”"),
    ("id: t\ntitle:测试\nversion: 1\n", 2, "“title:”后面少一个空格", "写成“title: 测试”"),
    ("id: t\ntitle: 甲\n\tversion: 1\n", 3, "缩进里有制表符（Tab）", "YAML 的缩进只用空格，请把 Tab 换成空格"),
    ("id: t\ntitle\nversion: 1\n", 2, "这一行缺少冒号", "写成“键: 值”，冒号是半角的，后面有空格"),
    ("id: t\n b: 1\n", 2, "这里不能再写“键: 值”", "请看这一行的缩进是否多了，上一行是否已经有值；文字里有冒号就加引号"),
    ("a:\n  b: 1\n c: 2\n", 3, "这一行的缩进与上面各行对不齐", "同一层的键从同一列开始，缩进只用空格"),
    ("a:\n  - 1\n  b: 2\n", 3, "清单到这里断了：缩进不齐，或少了“- ”", "清单的每一项以“- ”开头，从同一列开始"),
    ("a: [1, 2\nb: 3\n", 2, "方括号没有写完", "各项之间写半角“,”，最后写“]”"),
    ("a: \"测试\nb: 1\n", 1, "引号没有写完", "补上结尾的引号"),
    ("a: @b\n", 1, "值不能以这个符号开头", "给整个值加上引号"),
    ("a: \"\\q\"\n", 1, "双引号里不能这样写“\\”", "写成“\\\\”，或改用单引号"),
    ("id: t\nx: 1\nid: u\n", 3, "“id”写了不止一次", "只留一处"),
  ]

  @Test(arguments: slips)
  func `A slip in YAML is told in Chinese, on its line, with what to type`(
    text: String, line: Int, words: String, hint: String
  ) {
    let problem = #expect(throws: Problem.self) {
      try YAMLValue.parse(text, file: "a.yaml", code: .settingInvalid)
    }
    #expect(problem?.message.chinese == words)
    #expect(problem?.place == Place(file: "a.yaml", line: line))
    #expect(problem?.hint?.chinese == hint)
  }

  @Test func `Chinese punctuation within a text is no slip`() throws {
    let text = "a: 甲：乙，丙、丁（戊）“己”\nb: \"［］\"\n# 说明：无\nc: [甲, 乙]\n"
    let root = try YAMLValue.parse(text, file: "a.yaml", code: .settingInvalid)
    guard case .map(let entries) = root.content else { return #expect(Bool(false)) }
    #expect(entries.map(\.key) == ["a", "b", "c"])
  }

  @Test func `A file of one line with a full-width colon says which colon to type`() {
    let file = Catalogue.SettingsFile(
      owner: .street, file: "plugins/street/settings.yaml", text: "notice.days：8\n")
    let problems = #expect(throws: Problems.self) { try SettingsFile.read(file) }
    #expect(problems?.all.first?.hint?.chinese == "把全角冒号“：”改成半角“: ”（后面有一个空格）")
  }
}
