internal import Foundation
internal import GRDB
internal import Governance
public import Storage

extension SQLiteDriver {
  /// Integrity, references, durability, and files that should not be there.
  public func selfCheck() throws -> [SelfCheck] {
    try Self.translating(path) {
      try database.writeWithoutTransaction { database in
        var checks = [try integrity(database), try references(database)]
        if path != nil { checks.append(writable) }
        if path != nil, obstacle == nil { checks += [try durability(database), try log(database)] }
        if let path { checks.append(leftovers(path)) }
        return checks
      }
    }
  }

  private var writable: SelfCheck {
    let reason = obstacle ?? condemnation
    return SelfCheck(
      Words("可以写入", "it can be written"), problem: reason?.message, hint: reason?.hint,
      code: reason?.code ?? .storageDamaged)
  }

  private func integrity(_ database: Database) throws -> SelfCheck {
    let question = Words("数据库文件完整", "the database file is sound")
    let found = try String.fetchAll(database, sql: "PRAGMA integrity_check(5)")
    if found == ["ok"] { return SelfCheck(question) }
    return SelfCheck(question, problem: Words(verbatim: found.joined(separator: "; ")))
  }

  private func references(_ database: Database) throws -> SelfCheck {
    let question = Words("记录之间的引用都有着落", "every reference names a record")
    let rows = try Row.fetchAll(database, sql: "PRAGMA foreign_key_check")
    guard let first = rows.first else { return SelfCheck(question) }
    let table: String = first["table"]
    let id: Int64? = first["rowid"]
    let place = "\(table) \(id.map(String.init) ?? "?")"
    return SelfCheck(
      question,
      problem: Words(
        "\(rows.count) 处引用没有着落，第一处在 \(place)",
        "\(rows.count) references name nothing, the first is in \(place)"))
  }

  private func durability(_ database: Database) throws -> SelfCheck {
    let question = Words("每次写入都落到磁盘", "every commit is flushed to the disk")
    // 2 is FULL.
    let level = try Int.fetchOne(database, sql: "PRAGMA synchronous")
    if level == 2 { return SelfCheck(question) }
    return SelfCheck(
      question,
      problem: Words(
        "synchronous 不是 FULL，断电可能丢失写入",
        "synchronous is not FULL, a power cut may lose commits"))
  }

  private func log(_ database: Database) throws -> SelfCheck {
    let question = Words("使用预写日志", "the write-ahead log is in use")
    let mode = try String.fetchOne(database, sql: "PRAGMA journal_mode") ?? ""
    if mode == "wal" { return SelfCheck(question) }
    return SelfCheck(question, problem: Words("日志方式是 \(mode)", "the journal mode is \(mode)"))
  }

  /// Files that an operation cut short left behind.
  private func leftovers(_ path: String) -> SelfCheck {
    let question = Words("没有中断操作留下的文件", "no interrupted operation left files behind")
    let found = [".restoring", ".unfinished", "-journal"].map { path + $0 }
      .filter { access($0, F_OK) == 0 }
    guard !found.isEmpty else { return SelfCheck(question) }
    let list = found.joined(separator: ", ")
    return SelfCheck(
      question,
      problem: Words("可以删除：\(list)", "these may be deleted: \(list)"))
  }
}
