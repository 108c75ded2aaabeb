internal import Governance
internal import Yams

extension YAMLValue {
  /// What a file may hold at most: bytes, values, and values inside values.
  static let maximumBytes = 512 * 1024
  static let maximumValues = 50_000
  static let maximumDepth = 32

  /// Reads one YAML document; an empty one is a null.
  ///
  /// - Throws: a problem with `code`, the file and the line: what is no YAML, a
  ///   key given twice, references (`&x`, `*x`), anything too large or too deep.
  static func parse(_ text: String, file: String, code: ErrorCode) throws(Problem) -> YAMLValue {
    guard text.utf8.count <= maximumBytes else { throw .yamlTooLarge(code, file) }
    // An editor's mark at the head of the file is no part of the text (YAML 1.2.2, 5.2).
    let text =
      text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text
    if let line = lineOfReference(in: text) { throw .yamlReference(code, file, line) }
    do {
      guard let node = try Yams.compose(yaml: text) else {
        return YAMLValue(content: .null, line: 1)
      }
      var budget = maximumValues
      return try convert(node, depth: 0, file, code, &budget)
    } catch let problem as Problem {
      throw problem
    } catch let error as YamlError {
      throw .notYAML(code, file, text, error)
    } catch {
      throw Problem(code, Words(verbatim: "\(error)"), at: Place(file: file))
    }
  }

  private static func convert(
    _ node: Node, depth: Int, _ file: String, _ code: ErrorCode, _ budget: inout Int
  ) throws -> YAMLValue {
    budget -= 1
    guard budget >= 0, depth <= maximumDepth else { throw Problem.yamlTooLarge(code, file) }
    let line = node.mark?.line ?? 1
    switch node {
    case .scalar(let scalar):
      let isPlain = scalar.style == .plain
      let isNull = isPlain && ["", "~", "null", "Null", "NULL"].contains(scalar.string)
      return YAMLValue(
        content: isNull ? .null : .scalar(scalar.string, isPlain: isPlain), line: line)
    case .sequence(let sequence):
      let items = try sequence.map { try convert($0, depth: depth + 1, file, code, &budget) }
      return YAMLValue(content: .list(items), line: line)
    case .mapping(let mapping):
      let entries = try mapping.map { key, value in
        guard let name = key.scalar?.string else {
          throw Problem.keyNotText(code, file, key.mark?.line ?? line)
        }
        return Entry(
          key: name, line: key.mark?.line ?? line,
          value: try convert(value, depth: depth + 1, file, code, &budget))
      }
      return YAMLValue(content: .map(entries), line: line)
    case .alias:
      throw Problem.yamlReference(code, file, line)
    }
  }

  /// The line of the first `*name` that stands where a value would and has its `&name`.
  ///
  /// References let a small file unfold into a huge one, and nobody who edits
  /// a manifest by hand needs them. Text and Markdown may hold stars.
  private static func lineOfReference(in text: String) -> Int? {
    var anchors: Set<Substring> = []
    var aliases: [(name: Substring, line: Int)] = []
    // Lines may end in CRLF, which Swift takes for one character.
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .enumerated()
    {
      for word in line.split(whereSeparator: { " \t[],{}".contains($0) }) {
        if word.hasPrefix("&") { anchors.insert(word.dropFirst()) }
        if word.hasPrefix("*") { aliases.append((word.dropFirst(), index + 1)) }
      }
    }
    return aliases.first { !$0.name.isEmpty && anchors.contains($0.name) }?.line
  }
}

extension Problem {
  fileprivate static func yamlTooLarge(_ code: ErrorCode, _ file: String) -> Problem {
    Problem(
      code, Words("文件太大或层次太深", "the file is too large or nested too deeply"),
      at: Place(file: file),
      hint: Words(
        "最多 \(YAMLValue.maximumBytes / 1024) KiB、\(YAMLValue.maximumDepth) 层",
        "at most \(YAMLValue.maximumBytes / 1024) KiB and \(YAMLValue.maximumDepth) levels"))
  }

  fileprivate static func yamlReference(_ code: ErrorCode, _ file: String, _ line: Int) -> Problem {
    Problem(
      code, Words("这里不使用引用（&名、*名）", "references (&name, *name) are not used here"),
      at: Place(file: file, line: line),
      hint: Words("请把内容直接写出来；若是文字，请加引号", "write the content out; quote it if it is text"))
  }

  fileprivate static func keyNotText(_ code: ErrorCode, _ file: String, _ line: Int) -> Problem {
    Problem(
      code, Words("键必须是文字", "a key must be text"), at: Place(file: file, line: line))
  }
}
