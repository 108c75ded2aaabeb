internal import Foundation
internal import Governance

/// What the files of a package, and the folders below `plugins/`, may be called.
///
/// A name becomes a line of `plugins.lock`, a place in an error (`file:line`), a member of an
/// archive and, on another machine, a file again. So it says nothing but itself in all of them:
/// any letters, Chinese ones too, digits, signs and single spaces, in one spelling.
enum FileName {
  /// The bytes that file systems have room for.
  static let maximumBytes = 255

  /// What is wrong with a path below a package's folder; nil for nothing.
  static func fault(inPath path: String) -> Words? {
    if path.hasPrefix("/") {
      return Words("文件路径不能从根开始", "a path cannot begin at the root")
    }
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    return parts.lazy.compactMap { fault(in: String($0)) }.first
  }

  /// What is wrong with the name of one file or folder; nil for nothing.
  static func fault(in name: String) -> Words? {
    if name.isEmpty || name == "." || name == ".." {
      return Words("不能是空的，也不能是 . 或 ..", "cannot be empty, . or ..")
    }
    if name.unicodeScalars.contains(where: isInvisible) {
      return Words("不能有换行、控制字符或看不见的字符", "cannot hold line breaks, control or invisible characters")
    }
    if let mark = name.first(where: { "\\:".contains($0) }) {
      return Words("不能有“\(mark)”", "cannot hold '\(mark)'")
    }
    if name.hasPrefix(" ") || name.hasSuffix(" ") {
      return Words("不能以空格开头或结尾", "cannot begin or end with a space")
    }
    if !name.precomposedStringWithCanonicalMapping.utf8.elementsEqual(name.utf8) {
      return Words("字母和附加符号要合成一个字（Unicode NFC）", "must be in composed form (Unicode NFC)")
    }
    guard name.utf8.count > maximumBytes else { return nil }
    return Words("不能超过 \(maximumBytes) 字节", "cannot exceed \(maximumBytes) bytes")
  }

  /// What a person cannot see, or would see as something else; of blanks only the plain one is kept.
  private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse,
      .unassigned:
      true
    case .spaceSeparator: scalar != " "
    default: false
    }
  }
}

extension Problem {
  /// - Parameter path: as found, below its folder; shown with what cannot be seen escaped.
  static func fileName(_ path: String, _ fault: Words, in folder: String) -> Problem {
    let shown = path.escapedForTerminal()
    return Problem(
      .pluginInvalid,
      Words(
        "文件名“\(shown)”不能用：\(fault.chinese)",
        "the file name '\(shown)' cannot be used: it \(fault.english)"),
      at: Place(file: folder),
      hint: Words(
        "请改名；可用汉字、字母、数字、连字符、下划线和点",
        "rename it; letters, digits, hyphens, underscores and dots will do"))
  }
}
