import Foundation
import Lua

/// What a script does by itself, with a deadline set: the guarded libraries beside the stock ones.
enum Library {
  static func measure(_ paths: [String]) throws {
    for path in paths { try measure(URL(filePath: path)) }
    Samples.peak("library")
  }

  private static func measure(_ file: URL) throws {
    let source = try String(contentsOf: file, encoding: .utf8)
    let lua = Interpreter(limits: Crossings.limits)
    let name = file.deletingPathExtension().lastPathComponent
    try Samples.take("library_\(name)", operations: operations(source, of: file)) {
      _ = try lua.run(source, name: name)
    }
  }

  /// The first line says `-- operations: N`.
  private static func operations(_ source: String, of file: URL) throws -> Int {
    let mark = "-- operations: "
    let line = source.prefix { $0 != "\n" }
    guard line.hasPrefix(mark), let number = Int(line.dropFirst(mark.count)) else {
      throw CocoaError(.fileReadCorruptFile, userInfo: [NSFilePathErrorKey: file.path()])
    }
    return number
  }
}
