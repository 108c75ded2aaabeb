internal import Glibc
internal import Governance

/// What is typed into the program or piped to it.
enum StandardInput {
  /// All of it.
  ///
  /// - Throws: `input.invalid` where it is not UTF-8, `file.unavailable` where it cannot be read.
  static func text() throws -> String {
    var bytes: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(STDIN_FILENO, &part, part.count)
      if count == 0 { break }
      if count > 0 {
        bytes += part[..<count]
      } else if errno != EINTR {
        throw Problem.unreadableInput
      }
    }
    guard let text = String(validating: bytes, as: UTF8.self) else { throw Problem.notUTF8Input }
    return text
  }
}

extension Problem {
  fileprivate static let unreadableInput = Problem(
    .fileUnavailable, Words("标准输入不能读", "standard input cannot be read"),
    hint: Words("用管道或 < 文件 给出脚本", "pipe the script in, or use < FILE"))

  fileprivate static let notUTF8Input = Problem(
    .inputInvalid, Words("标准输入不是 UTF-8 文字", "standard input is not UTF-8"),
    hint: Words("把脚本存成 UTF-8 再传入", "save the script as UTF-8 first"))
}
