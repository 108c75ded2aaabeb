extension Report {
  /// The report itself as data: for reports that have no data of their own, such as
  /// those a script composes.
  public func json(in language: Language) -> JSONValue {
    [
      "title": .optional(title) { .string($0.text(in: language)) },
      "blocks": .array(blocks.map { $0.json(in: language) }),
    ]
  }
}

extension Report.Block {
  fileprivate func json(in language: Language) -> JSONValue {
    func text(_ words: Words) -> JSONValue { .string(words.text(in: language)) }
    return switch self {
    case .section(let words): ["section": text(words)]
    case .paragraph(let words): ["paragraph": text(words)]
    case .footnote(let words): ["footnote": text(words)]
    case .verbatim(let verbatim): ["verbatim": .string(verbatim)]
    case .table(let table): ["table": table.json(in: language)]
    case .tree(let lines):
      [
        "tree": .array(
          lines.map { line in
            [
              "depth": .integer(Int64(line.depth)), "label": text(line.label),
              "value": line.value.json(in: language), "note": .optional(line.note, text),
            ]
          })
      ]
    case .bars(let bars):
      [
        "bars": .array(
          bars.items.map { ["label": text($0.label), "value": .decimal($0.value)] })
      ]
    }
  }
}

extension Table {
  fileprivate func json(in language: Language) -> JSONValue {
    [
      "caption": .optional(caption) { .string($0.text(in: language)) },
      "columns": .array(columns.map { .string($0.heading.text(in: language)) }),
      "rows": .array(
        rows.map { row in
          .array(columns.indices.map { cell(row, $0).json(in: language) })
        }),
    ]
  }
}

extension Cell {
  /// Numbers as numbers, decimals as strings, nothing as null.
  fileprivate func json(in language: Language) -> JSONValue {
    switch self {
    case .text(let words): .string(words.text(in: language))
    case .number(let number): .integer(number)
    case .binary(let number): number.isFinite ? .number(number) : .string(number.description)
    case .decimal(let decimal), .change(let decimal): .decimal(decimal)
    case .empty: .null
    }
  }
}
