internal import Governance

extension Words {
  /// What the audit log's summary says, for a person: `create case sll-02-2026-0413`
  /// becomes `登记事项 sll-02-2026-0413`. Several of the same are said once.
  init(changes summary: String) {
    var phrases: [(words: Words, count: Int)] = []
    for part in summary.split(separator: ";" as Character) {
      let words = Words(change: part.drop { $0 == " " })
      if phrases.last?.words == words {
        phrases[phrases.count - 1].count += 1
      } else {
        phrases.append((words, 1))
      }
    }
    func joined(_ language: Language, _ separator: String) -> String {
      phrases.map { phrase in
        let text = phrase.words.text(in: language)
        return phrase.count == 1 ? text : "\(text) ×\(phrase.count)"
      }.joined(separator: separator)
    }
    self.init(joined(.chinese, "；"), joined(.english, "; "))
  }

  private init(change text: Substring) {
    let parts = text.split(separator: " " as Character).map(String.init)
    guard let action = parts.first else {
      self.init("", "")
      return
    }
    if action == "…", let total = parts.dropFirst().first {
      let count = total.trimmingParentheses
      self.init("等共 \(count) 项", "\(count) in all")
      return
    }
    let rest = parts.dropFirst()
    let kind = rest.first.flatMap(BuiltInKinds.kind)
    let object = kind?.label ?? Words("", "")
    let names = (kind == nil ? rest : rest.dropFirst()).joined(separator: " ")
    let verb = Self.actions[action] ?? Words(verbatim: action)
    func phrase(_ language: Language, _ gap: String) -> String {
      let start = [verb, object].map { (words: Words) in words.text(in: language) }.filter {
        !$0.isEmpty
      }
      return ([start.joined(separator: gap)] + (names.isEmpty ? [] : [names]))
        .joined(separator: " ")
    }
    self.init(phrase(.chinese, ""), phrase(.english, " "))
  }

  private static let actions: [String: Words] = [
    "create": Words("登记", "created"), "update": Words("更新", "updated"),
    "correct": Words("更正", "corrected"), "retract": Words("撤销", "retracted"),
    "insert": Words("批量登记", "inserted many of"), "declare": Words("建立数据表", "made a table"),
    "set": Words("规定设置", "set"), "close": Words("封存", "closed"),
    "keep": Words("留存内容", "kept a content"), "erase": Words("删除留存内容", "erased a content"),
    "enable": Words("启用插件", "enabled a plugin"), "disable": Words("停用插件", "disabled a plugin"),
    "restore": Words("恢复", "restored"), "read": Words("查看敏感信息", "read sensitive fields"),
  ]
}

extension String {
  fileprivate var trimmingParentheses: String {
    filter { $0 != "(" && $0 != ")" }
  }
}
