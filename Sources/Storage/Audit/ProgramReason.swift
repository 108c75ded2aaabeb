public import Governance

/// Why the program itself writes, where no person gave a reason.
///
/// The log keeps the Chinese words; whoever reads it is shown their own language. What
/// people typed is shown as they typed it.
public enum ProgramReason {
  public static let tables = Words("建立或更新数据表", "tables made or brought up to date")
  public static let demo = Words("写入演示街道", "writing the demo street")
  public static let enabled = Words("启用", "enabled")
  public static let disabled = Words("停用", "disabled")

  public static func closing(_ formula: String, _ period: Period) -> Words {
    phrase(beforeClosing, "\(formula) \(period)")
  }

  public static func running(_ script: String) -> Words { phrase(beforeScript, script) }
  public static func running(command: String) -> Words { phrase(beforeCommand, command) }

  private static let beforeClosing = Words("封存 ", "closing ")
  private static let beforeScript = Words("运行 ", "running ")
  private static let beforeCommand = Words("运行命令 ", "running the command ")

  private static func phrase(_ start: Words, _ name: String) -> Words {
    Words(start.chinese + name, start.english + name)
  }

  /// A reason that the log kept, in both languages where the program wrote it.
  public static func words(_ kept: String) -> Words {
    if let own = [tables, demo, enabled, disabled].first(where: { $0.chinese == kept }) {
      return own
    }
    for start in [beforeClosing, beforeCommand, beforeScript] where kept.hasPrefix(start.chinese) {
      return phrase(start, String(kept.dropFirst(start.chinese.count)))
    }
    return Words(verbatim: kept)
  }
}
