internal import Governance

/// The definitions of settings as the audit log says they were made.
struct SettingsCheck {
  private var rows: [Row] = []

  /// One definition, columns in the order of `columns`.
  private struct Row {
    let id: Int64
    let key: String
    let sequence: Int64
    var content: [String: JSONValue]
  }

  mutating func follow(_ change: JSONValue, _ sequence: Int64) {
    guard let id = change["id"]?.integer, let key = change["code"]?.text,
      let content = change["detail"]?.fields
    else { return }
    let from = content["from"]?.text ?? ""
    // The same rule as when it was stored: it ends its predecessor.
    for index in rows.indices where rows[index].key == key {
      let old = rows[index].content
      guard old["target"] == content["target"], old["strength"] == content["strength"],
        old["to"]?.text.map({ $0 > from }) ?? true
      else { continue }
      rows[index].content["to"] = .string(max(old["from"]?.text ?? "", from))
    }
    rows.append(Row(id: id, key: key, sequence: sequence, content: content))
  }

  /// What the table says otherwise.
  ///
  /// - Parameter erased: entries of which nothing is known any more; one of them may have
  ///   ended a definition.
  func findings(_ connection: any Connection, erased: Set<Int64>) throws -> [Words] {
    var known: [Int64: Row] = [:]
    for row in rows { known[row.id] = row }
    var found: [Words] = []
    var seen: Set<Int64> = []
    let stored = try connection.rows(
      """
      SELECT id, key, sequence, target, strength, value, valid_from, valid_to, basis
      FROM gongyue_settings ORDER BY id
      """)
    for row in stored {
      guard let id = row[0].integer, let sequence = row[2].integer else { continue }
      seen.insert(id)
      guard !erased.contains(sequence) else { continue }
      guard let expected = known[id] else {
        found.append(Self.words(row[1].text, id, "没有规定过", "was never made"))
        continue
      }
      let names = ["target", "strength", "value", "from", "to", "basis"]
      let isSame =
        row[1].text == expected.key && sequence == expected.sequence
        && zip(names, row[3...]).allSatisfy { name, value in
          (name == "to" && !erased.isEmpty)
            || value.json == (expected.content[name] ?? .null)
        }
      if !isSame {
        found.append(
          Self.words(expected.key, id, "与审计日志不符", "is not as the audit log says"))
      }
    }
    for row in rows where !seen.contains(row.id) {
      found.append(Self.words(row.key, row.id, "不见了", "is gone"))
    }
    return found
  }

  private static func words(_ key: String?, _ id: Int64, _ chinese: String, _ english: String)
    -> Words
  {
    Words(
      "设置 \(key ?? "")（数据库 第 \(id) 号）\(chinese)",
      "the setting \(key ?? "") (database no. \(id)) \(english)")
  }
}
