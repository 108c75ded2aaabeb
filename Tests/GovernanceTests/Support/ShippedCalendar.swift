import Foundation
import Governance

/// The calendar file as shipped, read line by line: its format is strict enough for that.
enum ShippedCalendar {
  static let calendar: WorkCalendar = {
    do {
      return try WorkCalendar(
        notices: file.notices, provisionalYears: file.provisionalYears,
        statutory: file.statutory, version: file.version)
    } catch {
      fatalError("the shipped calendar is invalid: \(error)")
    }
  }()

  struct File {
    var version = ""
    var provisionalYears: [Int] = []
    var notices: [Notice] = []
    var statutory: StatutoryDays?
  }

  static let file: File = {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let path = root.appending(path: "plugins/law/calendar.yaml").path
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
      fatalError("no file at \(path)")
    }
    var reader = Reader()
    text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
      .forEach { reader.read($0.element, line: $0.offset + 1) }
    reader.finishNotice()
    return reader.finished
  }()

  private struct Reader {
    var file = File()
    var values: [String: String] = [:]
    var off: [Notice.DaysOff] = []
    var worked: [String] = []
    var solar: [StatutoryDays.Solar] = []
    var lunar: [Notice.DaysOff] = []
    var statute: [String: String] = [:]
    var section = ""
    var noticeLine = 0

    mutating func read(_ line: Substring, line number: Int) {
      let text = line.drop { $0 == " " }
      let indent = line.count - text.count
      if text.isEmpty || text.hasPrefix("#") { return }
      if text.hasPrefix("- number: ") {
        finishNotice()
        noticeLine = number
        values["number"] = String(text.dropFirst("- number: ".count))
      } else if text.hasPrefix("- {name: ") {
        let parts = text.dropFirst("- {name: ".count).dropLast().split(separator: ", ")
        let name = String(parts[0])
        let value = String(parts[1].split(separator: ": ")[1])
        switch section {
        case "solar": solar.append(.init(name, value))
        case "lunar": lunar.append(.init(name, value))
        default: off.append(.init(name, value))
        }
      } else if text.hasPrefix("- ") {
        worked.append(String(text.dropFirst(2)))
      } else {
        let colon = text.firstIndex(of: ":")!
        let key = String(text[..<colon])
        let value = String(text[text.index(after: colon)...].drop { $0 == " " })
        if value.isEmpty { section = key }
        if indent == 0 { top(key, value) } else if section == "statutory" { statute[key] = value }
        values[key] = value
      }
    }

    mutating func top(_ key: String, _ value: String) {
      switch key {
      case "version": file.version = value.filter { $0 != "\"" }
      case "provisional_years":
        file.provisionalYears = value.filter { !"[]".contains($0) }.split(separator: ", ")
          .map { Int($0)! }
      default: break
      }
    }

    mutating func finishNotice() {
      if let number = values["number"] {
        file.notices.append(
          Notice(
            number: number, title: values["title"]!, issued: values["issued"]!,
            covers: values["covers"].map { Int($0)! }, source: values["source"], off: off,
            worked: worked, at: Place(file: "calendar.yaml", line: noticeLine)))
      }
      (values, off, worked) = ([:], [], [])
    }

    var finished: File {
      var file = file
      file.statutory = StatutoryDays(
        basis: statute["basis"]!, from: statute["from"]!, solar: solar, lunar: lunar)
      return file
    }
  }
}
