internal import Governance
internal import Storage

extension Change {
  /// For a person: `登记事项 sll-02-2026-0413`.
  var words: Words {
    let verb = Self.actions[action] ?? Words(verbatim: action)
    let object = kind.flatMap(BuiltInKinds.kind)?.label
    let name = code ?? detail["plugin"]?.text ?? detail["from"]?.text
    func phrase(_ gap: String, _ language: Language) -> String {
      let start = [verb, object].compactMap { $0?.text(in: language) }.joined(separator: gap)
      return [start, name].compactMap(\.self).joined(separator: " ")
    }
    return Words(phrase("", .chinese), phrase(" ", .english))
  }

  private static let actions: [String: Words] = [
    "create": Words("登记", "created"), "update": Words("更新", "updated"),
    "correct": Words("更正", "corrected"), "retract": Words("撤销", "retracted"),
    "insert": Words("批量登记", "inserted many of"), "declare": Words("建立数据表", "made a table"),
    "set": Words("规定设置", "set"), "close": Words("封存", "closed"),
    "keep": Words("留存内容", "kept a content"), "erase": Words("删除留存内容", "erased a content"),
    "enable": Words("启用插件", "enabled a plugin"), "disable": Words("停用插件", "disabled a plugin"),
    "restore": Words("恢复", "restored"), "read": Words("查看敏感信息", "read sensitive fields"),
    "fail": Words("运行失败", "failed to run"),
  ]
}

extension [Change] {
  /// A line for each; where there are more than `limit`, one for each sort with how many.
  func lines(atMost limit: Int, _ words: (Change) throws -> Words) rethrows -> [Words] {
    guard count > limit else { return try map(words) }
    return try sorts.map { first, changes, records in
      let one = try words(first)
      guard changes > 1 else { return one }
      if first.code == nil {
        return Words(
          "\(first.words.chinese)，共 \(records) 条", "\(first.words.english), \(records) in all")
      }
      return Words(
        "\(one.chinese) 等，共 \(records) 条", "\(one.english) and so on, \(records) in all")
    }
  }

  /// One change of each sort, how many there are, and of how many records.
  private var sorts: [(first: Change, changes: Int, records: Int64)] {
    var sorts: [(first: Change, changes: Int, records: Int64)] = []
    for change in self {
      let records = change.detail["count"]?.integer ?? 1
      let known = sorts.firstIndex {
        $0.first.action == change.action && $0.first.kind == change.kind
      }
      if let known {
        sorts[known].changes += 1
        sorts[known].records += records
      } else {
        sorts.append((change, 1, records))
      }
    }
    return sorts
  }
}
