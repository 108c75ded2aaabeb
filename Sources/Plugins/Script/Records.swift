internal import CLuaShim
internal import Governance
internal import Lua

/// Rows of a query as a script may see them: the columns it was granted, masked where need be.
struct VisibleRows {
  let context: ScriptContext
  let kind: Kind
  let query: Query

  /// The fields to read, and how those of them are masked that are.
  private let fields: [Field]
  private let masks: [String: Mask]

  init(_ query: Query, _ context: ScriptContext, only names: [String]? = nil) throws {
    self.context = context
    let kind = try context.kind(query.kind)
    try context.capabilities.read(kind)
    try context.refuseIfRough(query)
    self.kind = kind
    self.query = try context.admitted(query, for: .showing)
    var fields: [Field] = []
    var masks: [String: Mask] = [:]
    for field in Kind.common + kind.fields {
      if let names, !names.contains(field.key) { continue }
      do {
        let seen = try context.capabilities.read(field, of: kind, for: .showing)
        fields.append(field)
        if seen == .masked { masks[field.key] = field.mask ?? .hidden }
      } catch {
        // Named outright it is an error; among all it is left out, and an error when read.
        if names != nil { throw error }
      }
    }
    self.fields = fields
    self.masks = masks
  }

  private func open() throws -> ScriptRows {
    let world = try context.require(Words("读取记录", "read records"))
    world.noteRead(query, nil)
    var rows = try world.rows(query, fields: fields.map(\.key))
    if !masks.isEmpty {
      rows.source = MaskedRows.wrap(rows.source, masks: fields.map { masks[$0.key] })
    }
    return rows
  }

  /// A cursor for `each()`: columns go straight to Lua.
  func cursor() throws -> LuaRows {
    let rows = try open()
    let columns = fields.enumerated().map { index, field -> LuaColumn in
      // Where a value is hidden, so is its state.
      let hasState = rows.hasStates && masks[field.key] == nil
      return LuaColumn(
        field.key, field.conversion, state: hasState ? fields.count + index : nil)
    }
    return LuaRows(rows.source, columns: columns, mode: .each, unknown: unreadable)
  }

  /// Why a name is no column: there is no such field, or it was not granted.
  private func unreadable(_ name: String) throws -> LuaValue {
    try Self.unreadable(name, kind, context)
  }

  static func unreadable(_ name: String, _ kind: Kind, _ context: ScriptContext) throws -> LuaValue
  {
    guard let field = kind.anyField(name) else { throw Problem.noSuchField(name, kind) }
    _ = try context.capabilities.read(field, of: kind, for: .showing)
    return .nil
  }

  /// Copies of the records, at most `most`.
  func records(most: Int) throws -> [ScriptRecord] {
    var records: [ScriptRecord] = []
    try each { source in
      guard records.count < most else { throw Problem.tooManyRecords(most) }
      let record = record(source)
      records.append(record)
      return record.bytes
    }
    return records
  }

  /// Goes through the rows within the script's time and memory.
  ///
  /// - Parameter body: takes a row, and gives the bytes it holds of it.
  private func each(_ body: (RowSource) throws -> Int) throws {
    let source = try open().source
    defer { source.finalize(source.context) }
    var held = 0
    // From here on they count as what they become in the script.
    defer { context.interpreter?.charge(bytes: -held) }
    while true {
      switch source.step(source.context) {
      case 0: return
      case 1:
        let bytes = try body(source)
        held += bytes
        context.interpreter?.charge(bytes: bytes)
        if context.interpreter?.mustEnd ?? false { throw Problem.listTooLarge }
      default: throw Problem.rowsFailed(source)
      }
    }
  }

  private func record(_ source: RowSource) -> ScriptRecord {
    var values: [String: LuaValue] = [:]
    for (index, field) in fields.enumerated() {
      values[field.key] = source.value(Int32(index), field)
    }
    return ScriptRecord(kind: kind, id: values["id"]?.int64 ?? 0, values: values)
  }

  /// One list for each field; what is missing is `gongyue.missing`.
  func columns(_ names: [String], most: Int) throws -> [[LuaValue]] {
    let places = names.map { name in Int32(fields.firstIndex { $0.key == name } ?? 0) }
    var columns = names.map { _ in [LuaValue]() }
    var count = 0
    try each { source in
      count += 1
      guard count <= most else { throw Problem.tooManyRecords(most) }
      var bytes = 0
      for (index, place) in places.enumerated() {
        let value = source.value(place, fields[Int(place)]) ?? Self.missing
        columns[index].append(value)
        bytes += value.bytes
      }
      return bytes
    }
    return columns
  }

  static var missing: LuaValue { .object(HostObject(ScriptComparison(content: .missing))) }
}

extension RowSource {
  /// A column as Lua is to see it; nil when it is null.
  func value(_ column: Int32, _ field: Field) -> LuaValue? {
    switch type(context, column) {
    case 1:
      let number = integer(context, column)
      switch field.conversion {
      case .boolean: return .boolean(number != 0)
      case .decimal(let places): return .decimal(units: number, places: places)
      case .plain: return .integer(number)
      }
    case 2: return .number(real(context, column))
    case 3, 4:
      var length = 0
      guard let bytes = text(context, column, &length) else { return nil }
      return .string(
        String(decoding: UnsafeRawBufferPointer(start: bytes, count: length), as: UTF8.self))
    default: return nil
    }
  }
}

/// Rows whose personal columns are masked on their way.
private final class MaskedRows {
  let source: RowSource

  /// For each column; nil where it is shown as it is.
  let masks: [Mask?]

  /// The masked text handed out last; the shim copies it before it asks again.
  var buffer: [CChar] = []

  init(_ source: RowSource, _ masks: [Mask?]) {
    self.source = source
    self.masks = masks
  }

  static func wrap(_ source: RowSource, masks: [Mask?]) -> RowSource {
    let rows = Unmanaged.passRetained(MaskedRows(source, masks)).toOpaque()
    var wrapped = RowSource()
    wrapped.context = rows
    wrapped.step = { context in
      let rows = MaskedRows.at(context)
      return rows.source.step(rows.source.context)
    }
    wrapped.type = { context, column in MaskedRows.at(context).type(column) }
    wrapped.integer = { context, column in
      let rows = MaskedRows.at(context)
      return rows.source.integer(rows.source.context, column)
    }
    wrapped.real = { context, column in
      let rows = MaskedRows.at(context)
      return rows.source.real(rows.source.context, column)
    }
    wrapped.text = { context, column, length in MaskedRows.at(context).text(column, length) }
    wrapped.finalize = { context in
      guard let context else { return }
      let rows = Unmanaged<MaskedRows>.fromOpaque(context).takeRetainedValue()
      rows.source.finalize(rows.source.context)
    }
    wrapped.message = { context in
      let rows = MaskedRows.at(context)
      return rows.source.message?(rows.source.context)
    }
    return wrapped
  }

  private static func at(_ context: UnsafeMutableRawPointer?) -> MaskedRows {
    Unmanaged<MaskedRows>.fromOpaque(context!).takeUnretainedValue()
  }

  private func mask(_ column: Int32) -> Mask? {
    masks.indices.contains(Int(column)) ? masks[Int(column)] : nil
  }

  /// A masked number or date is not there at all.
  private func type(_ column: Int32) -> Int32 {
    let type = source.type(source.context, column)
    guard let mask = mask(column) else { return type }
    return type == 3 && mask != .hidden ? type : 5
  }

  private func text(_ column: Int32, _ length: UnsafeMutablePointer<Int>?) -> UnsafePointer<CChar>?
  {
    let bytes = source.text(source.context, column, length)
    guard let mask = mask(column), let bytes, let length else { return bytes }
    let plain = String(
      decoding: UnsafeRawBufferPointer(start: bytes, count: length.pointee), as: UTF8.self)
    buffer = (mask.masked(plain) ?? "").utf8CString.map(\.self)
    length.pointee = buffer.count - 1
    return buffer.withUnsafeBufferPointer(\.baseAddress)
  }
}

extension Problem {
  fileprivate static func tooManyRecords(_ most: Int) -> Problem {
    Problem(
      .limitMemory,
      Words("记录超过 \(most) 条，不能一次取出", "more than \(most) records cannot be listed at once"),
      hint: Words("请用 each() 逐条读取，或用 limit 限定", "read them one by one with each(), or use limit"))
  }

  fileprivate static let listTooLarge = Problem(
    .limitMemory, Words("一次取出的记录太多", "too many records at once"),
    hint: Words("请用 each() 逐条读取，或用 limit 限定", "read them one by one with each(), or use limit"))

  fileprivate static func rowsFailed(_ source: RowSource) -> Problem {
    let message = source.message?(source.context).map { String(cString: $0) } ?? ""
    return Problem(
      .storageUnavailable, Words("读取记录失败：\(message)", "reading records failed: \(message)"))
  }
}
