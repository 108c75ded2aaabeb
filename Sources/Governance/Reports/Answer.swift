/// What the host gives back to whoever asked: something to read, the same as data,
/// and what is wrong.
///
/// Faces draw `report` for people and `data` for programs. Problems do not stop an
/// answer from being shown: `plugin check` lists all of them; the first decides the
/// exit status.
public struct Answer: Hashable, Sendable {
  /// What `--json` calls it: `assess` gives `gongyue.assess/1`.
  public var name: String
  public var report: Report
  public var data: JSONValue
  public var problems: [Problem]

  /// What a person should know although nothing failed; shown apart from the report.
  public var warnings: [Words]

  public init(
    _ name: String, _ report: Report, data: JSONValue, problems: [Problem] = [],
    warnings: [Words] = []
  ) {
    self.name = name
    self.report = report
    self.data = data
    self.problems = problems
    self.warnings = warnings
  }

  /// The answer in a format, ending in a line feed.
  public func rendered(
    as format: ReportFormat, in language: Language, width: Int = 80
  ) -> String {
    switch format {
    case .json: JSONValue.envelope(name, data).pretty + "\n"
    case .text, .csv, .html, .markdown: report.rendered(as: format, in: language, width: width)
    }
  }
}
