public import Governance

/// Reading `plugins/law/calendar.yaml`.
public enum CalendarFile {
  static let format = "gongyue.calendar/1"

  /// Reads and checks a calendar.
  ///
  /// - Throws: `Problems` (`calendar.invalid`) with everything that is wrong, each with its line.
  public static func read(
    _ text: String, file: String = Catalogue.calendarFile
  ) throws(Problems) -> WorkCalendar {
    let findings = Findings(file: file, code: .calendarInvalid)
    let root: YAMLValue
    do {
      root = try YAMLValue.parse(text, file: file, code: .calendarInvalid)
    } catch {
      throw Problems([error])
    }
    let known = ["format", "version", "provisional_years", "statutory", "notices"]
    let what = Words("工作日历", "the calendar")
    guard let section = YAMLSection(root, of: what, known: known, findings) else {
      throw Problems(findings.sorted)
    }
    checkFormat(section, findings)
    let version = section.requiredText("version")
    let years = section["provisional_years"].map { value in
      findings.items(value).compactMap { findings.integer($0, of: "provisional_years") }
    }
    let statutory = section["statutory"].flatMap { Self.statutory($0, findings) }
    let notices = section.required("notices").map { value in
      findings.items(value).compactMap { notice($0, findings) }
    }
    try findings.check()
    return try WorkCalendar(
      notices: notices ?? [], provisionalYears: years ?? [], statutory: statutory,
      version: version ?? "")
  }

  private static func checkFormat(_ section: YAMLSection, _ findings: Findings) {
    guard let text = section.requiredText("format"), text != format else { return }
    findings.add(
      Words("不认识日历格式“\(text)”", "the calendar format '\(text)' is not known"),
      line: section.line(of: "format"), hint: Words("应为 \(format)", "it should be \(format)"))
  }

  private static func notice(_ value: YAMLValue, _ findings: Findings) -> Notice? {
    let known = ["number", "title", "issued", "covers", "source", "off", "worked"]
    let what = Words("通知", "a notice")
    guard let section = YAMLSection(value, of: what, known: known, findings),
      let number = section.requiredText("number"), let title = section.requiredText("title"),
      let issued = section.requiredText("issued")
    else { return nil }
    let off = section["off"].map { daysOff($0, findings) } ?? []
    return Notice(
      number: number, title: title, issued: issued, covers: section.integer("covers"),
      source: section.text("source"), off: off, worked: section.texts("worked"),
      at: Place(file: findings.file, line: value.line))
  }

  private static func daysOff(_ value: YAMLValue, _ findings: Findings) -> [Notice.DaysOff] {
    findings.items(value).compactMap { item in
      let what = Words("放假的一项", "a day off")
      guard let section = YAMLSection(item, of: what, known: ["name", "days"], findings),
        let name = section.requiredText("name"), let days = section.requiredText("days")
      else { return nil }
      return Notice.DaysOff(name, days)
    }
  }

  private static func statutory(_ value: YAMLValue, _ findings: Findings) -> StatutoryDays? {
    let what = Words("法定假日 statutory", "statutory days")
    let known = ["basis", "from", "solar", "lunar"]
    guard let section = YAMLSection(value, of: what, known: known, findings),
      let basis = section.requiredText("basis"), let from = section.requiredText("from")
    else { return nil }
    let solar: [StatutoryDays.Solar] =
      section["solar"].map { list in
        findings.items(list).compactMap { item in
          let what = Words("固定假日", "a yearly day")
          guard let part = YAMLSection(item, of: what, known: ["name", "day"], findings),
            let name = part.requiredText("name"), let day = part.requiredText("day")
          else { return nil }
          return StatutoryDays.Solar(name, day)
        }
      } ?? []
    let lunar = section["lunar"].map { daysOff($0, findings) } ?? []
    return StatutoryDays(
      basis: basis, from: from, solar: solar, lunar: lunar,
      at: Place(file: findings.file, line: section.line))
  }
}
