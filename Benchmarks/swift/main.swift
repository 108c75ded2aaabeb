import Foundation

// Ours, beside Benchmarks/c/host.c; started by Benchmarks/run.
Samples.shiftBlocks()
let arguments = Array(CommandLine.arguments.dropFirst())

do {
  switch (arguments.first, arguments.count) {
  case ("crossings", 1): try Crossings.measure()
  case ("library", 2...): try Library.measure(Array(arguments.dropFirst()))
  case ("open", 1): try FreshStates.measure()
  case ("prepare", 2): try Rows.prepare(arguments[1])
  case ("rows", 3):
    try Rows.measure("rows", arguments[1], ["minutes", "findings"], formula: arguments[2])
  case ("rows_all", 3): try Rows.measure("rows_all", arguments[1], nil, formula: arguments[2])
  case ("rows_api", 3):
    try Rows.measureWorkspace("rows_api", arguments[1], formula: arguments[2])
  default:
    FileHandle.standardError.write(
      Data(
        "usage: gongyue-bench crossings | open | library FILE… | prepare DB | rows… PATH FORMULA\n"
          .utf8))
    exit(64)
  }
} catch {
  FileHandle.standardError.write(Data("gongyue-bench: \(error)\n".utf8))
  exit(1)
}
