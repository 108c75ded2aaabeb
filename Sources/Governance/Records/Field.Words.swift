/// How values of fields are drawn for people, wherever they appear.
extension Field {
  /// A value as a person writes it; a reference is its bare id, which whoever knows the
  /// record replaces.
  public func words(of value: Value) -> Words {
    switch value {
    case .text(let text): label(ofChoice: text)
    case .boolean(let truth): truth ? Words("是", "yes") : Words("否", "no")
    case .integer(let number): Words(verbatim: String(number))
    case .decimal(let decimal): Words(verbatim: decimal.description)
    case .day(let day): Words(verbatim: day.description)
    case .instant(let instant): Words(verbatim: instant.description)
    }
  }

  /// The same in a table, where numbers stay numbers.
  public func cell(of value: Value) -> Cell {
    switch value {
    case .integer(let number): .number(number)
    case .decimal(let decimal): .decimal(decimal)
    default: .text(words(of: value))
    }
  }

  /// Its column in a table, which a narrow terminal may leave out.
  public var column: Table.Column {
    switch type {
    case .integer, .decimal: Table.Column(label, .trailing, mayGiveWay: true)
    default: Table.Column(label, mayGiveWay: true)
    }
  }
}

extension ValueState {
  /// What stands in place of a value.
  public var label: Words {
    switch self {
    case .present: Words("有值", "present")
    case .zeroReport: Words("零报告", "zero report")
    case .missing: Words("缺报", "missing")
    case .notApplicable: Words("不适用", "not applicable")
    case .pending: Words("待补", "pending")
    }
  }
}
