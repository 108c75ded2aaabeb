internal import CLuaShim
internal import Glibc

/// What the shim calls back into: functions, objects, rows, by number.
///
/// Apart from `Interpreter` so that objects that scripts drop while the
/// interpreter closes still find it.
final class Core {
  var shim: OpaquePointer!
  let language: LuaLanguage
  let describe: (any Error) -> String
  let output: (String) -> Void
  let loader: (String) throws -> Chunk?

  /// The host functions, where the shim finds them. Each holds its body.
  private var functions: [UnsafeMutablePointer<ShimFunction>] = []
  let recent = RecentTexts()
  var objects = Slots<HostObject>()
  var rows = Slots<LuaRows>()
  var types: [String: Int32] = [:]
  var savepoints: Savepoints?
  let number: Int

  /// The texts of chunks by name, for who explains why one is no Lua.
  var sources: [String: String] = [:]

  /// The host's own error behind the message a script got last.
  var cause: (message: String, error: any Error)?
  var fatal: (any Error)?

  init(
    number: Int, language: LuaLanguage, describe: @escaping (any Error) -> String,
    output: @escaping (String) -> Void, loader: @escaping (String) throws -> Chunk?
  ) {
    self.number = number
    self.language = language
    self.describe = describe
    self.output = output
    self.loader = loader
  }

  deinit {
    for function in functions {
      Unmanaged<HostBody>.fromOpaque(function.pointee.body).release()
      function.deallocate()
    }
    recent.deallocate()
  }

  private func add(_ function: HostFunction) -> UnsafeMutablePointer<ShimFunction> {
    let parameters = function.parameters
    let fixed = parameters.count { !$0.isRest }
    let reads = fixed == parameters.count && fixed <= 8 ? fixed : -fixed - 1
    var texts: UInt32 = 0
    for (index, parameter) in parameters.prefix(32).enumerated()
    where parameter.type == String.luaName {
      texts |= 1 << UInt32(index)
    }
    let place = UnsafeMutablePointer<ShimFunction>.allocate(capacity: 1)
    place.initialize(
      to: ShimFunction(
        body: Unmanaged.passRetained(HostBody(function, core: self)).toOpaque(),
        arity: Int32(reads), texts: texts))
    functions.append(place)
    return place
  }

  // MARK: Outwards

  func emit(string: String) {
    var string = string
    string.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { shim_emit_string(shim, $0.baseAddress, $0.count) }
    }
  }

  func emit(_ value: LuaValue) throws {
    var raw = ShimValue()
    switch value {
    case .nil: raw.kind = ShimKind.nil
    case .boolean(let value): (raw.kind, raw.integer) = (ShimKind.boolean, value ? 1 : 0)
    case .integer(let value): (raw.kind, raw.integer) = (ShimKind.integer, value)
    case .number(let value): (raw.kind, raw.number) = (ShimKind.number, value)
    case .string(let text): return emit(string: text)
    case .decimal(let units, let places):
      precondition((0...9).contains(places), "\(places) decimal places")
      (raw.kind, raw.integer, raw.places) = (ShimKind.decimal, units, Int64(places))
    case .list(let items): return try emitTable(items, [:])
    case .record(let fields): return try emitTable([], fields, isRecord: true)
    case .mixed(let items, let fields): return try emitTable(items, fields)
    case .function(let function):
      guard function.interpreter == number else { throw Self.foreignFunction }
      (raw.kind, raw.integer) = (ShimKind.function, function.number)
    case .object(let object): raw = try slot(of: object)
    }
    shim_emit(shim, raw)
  }

  private func emitTable(
    _ items: [LuaValue], _ fields: [String: LuaValue], isRecord: Bool = false
  ) throws {
    var raw = ShimValue()
    raw.kind = ShimKind.table
    raw.count = Int32(items.count)
    let present = fields.filter { !$0.value.isNil }
    // An empty one stays known for what it is, for `json.encode`.
    raw.fields = isRecord && present.isEmpty ? -1 : Int64(present.count)
    shim_emit(shim, raw)
    for item in items { try emit(item) }
    for (key, value) in present.sorted(by: { $0.key < $1.key }) {
      emit(string: key)
      try emit(value)
    }
  }

  private static var foreignFunction: LuaFailure {
    LuaFailure("这个函数属于另一次运行", "this function belongs to another interpreter")
  }

  private func slot(of object: HostObject) throws -> ShimValue {
    guard let type = types[object.type] else {
      throw LuaFailure("没有 \(object.type) 这种对象", "there is no type '\(object.type)' here")
    }
    var raw = ShimValue()
    raw.kind = ShimKind.object
    raw.count = type
    raw.integer = Int64(objects.add(object))
    shim_charge(shim, Int64(object.bytes))
    return raw
  }

  func emit(function: HostFunction) {
    var raw = ShimValue()
    raw.kind = ShimKind.hostFunction
    raw.integer = Int64(Int(bitPattern: add(function)))
    shim_emit(shim, raw)
  }

  func emit(module: HostModule) throws {
    let values = module.values.filter { !$0.value.isNil }
    var raw = ShimValue()
    raw.kind = ShimKind.table
    raw.fields = Int64(module.functions.count + values.count + module.modules.count)
    shim_emit(shim, raw)
    for function in module.functions {
      emit(string: function.name)
      emit(function: function)
    }
    for (name, value) in values.sorted(by: { $0.key < $1.key }) {
      emit(string: name)
      try emit(value)
    }
    for module in module.modules {
      emit(string: module.name)
      try emit(module: module)
    }
  }

  func emit(functions: [HostFunction]) {
    var raw = ShimValue()
    raw.kind = ShimKind.table
    raw.fields = Int64(functions.count)
    shim_emit(shim, raw)
    for function in functions {
      emit(string: function.name)
      emit(function: function)
    }
  }

  func emit(_ value: LuaRows) {
    let id = rows.add(value)
    var source = value.source
    let (isList, most) =
      switch value.mode {
      case .each: (Int32(0), Int64(-1))
      case .list(let most): (Int32(1), Int64(most ?? -1))
      case .first: (Int32(2), Int64(1))
      }
    let names = value.columns.map { $0.name.utf8CString }
    var columns: [RowColumn] = []
    columns.reserveCapacity(names.count)
    withPointers(to: names) { pointers in
      for (column, name) in zip(value.columns, pointers) {
        columns.append(RowColumn(column, name: name))
      }
      shim_emit_rows(
        shim, &source, columns, Int32(columns.count), Int64(id), isList, most)
    }
  }

  /// The names as C strings, during the body.
  private func withPointers(
    to names: [ContiguousArray<CChar>], _ body: ([UnsafePointer<CChar>]) -> Void
  ) {
    let bytes = names.joined().map { $0 }
    bytes.withUnsafeBufferPointer { buffer in
      var pointers: [UnsafePointer<CChar>] = []
      var offset = 0
      for name in names {
        pointers.append(buffer.baseAddress! + offset)
        offset += name.count
      }
      body(pointers)
    }
  }

  // MARK: Inwards

  /// - Throws: `LuaFailure` when the bytes are not UTF-8.
  func string(_ raw: ShimValue) throws -> String {
    try recent.find(raw) ?? newString(raw)
  }

  /// The same of a text that is known not to be kept.
  @inline(never)
  func newString(_ raw: ShimValue) throws -> String {
    let text = try checked(raw)
    recent.keep(text, as: raw)
    return text
  }

  @inline(__always)
  private func checked(_ raw: ShimValue) throws -> String {
    let bytes = UnsafeRawPointer(raw.bytes!)
    var text = String(
      decoding: UnsafeRawBufferPointer(start: bytes, count: raw.length), as: UTF8.self)
    let isSame = text.withUTF8 { copy in
      guard copy.count == raw.length, let start = copy.baseAddress else { return raw.length == 0 }
      return memcmp(start, bytes, raw.length) == 0
    }
    if isSame { return text }
    let position = shim_bad_text(raw.bytes, raw.length)
    throw LuaFailure(
      "文本不是 UTF-8：第 \(position) 个字节不对", "the text is not UTF-8 at byte \(position)")
  }

  func value(of raw: ShimValue, argument index: Int) throws -> LuaValue {
    switch raw.kind {
    case ShimKind.nil: return .nil
    case ShimKind.boolean: return .boolean(raw.integer != 0)
    case ShimKind.integer: return .integer(raw.integer)
    case ShimKind.number: return .number(raw.number)
    case ShimKind.string: return .string(try string(raw))
    default: break
    }
    switch Int(shim_read_argument(shim, Int32(index + 1))) {
    case SHIM_OK: return results()[0]
    case SHIM_UNCONVERTIBLE:
      let (reason, path) = unconvertible()
      throw LuaFailure(
        path.isEmpty ? reason.chinese : "\(path)：\(reason.chinese)",
        path.isEmpty ? reason.english : "\(path): \(reason.english)")
    default: throw LuaFailure("内存不足", "not enough memory")
    }
  }

  /// The values that the shim read last.
  func results() -> [LuaValue] {
    var count = 0
    guard let nodes = shim_results(shim, &count) else { return [] }
    var reader = NodeReader(nodes: UnsafeBufferPointer(start: nodes, count: count), core: self)
    var values: [LuaValue] = []
    while !reader.isAtEnd { values.append(reader.next()) }
    return values
  }

  func unconvertible() -> (Bilingual, path: String) {
    var position = 0
    var path: UnsafePointer<CChar>?
    let problem = Int(shim_unconvertible(shim, &position, &path))
    return (Self.words(of: problem, at: position), path.map { String(cString: $0) } ?? "")
  }

  private static func words(of problem: Int, at position: Int) -> Bilingual {
    switch problem {
    case SHIM_TOO_DEEP: Bilingual("表嵌套超过 64 层", "tables nest deeper than 64 levels")
    case SHIM_TOO_MANY: Bilingual("超过十万个值", "more than 100,000 values")
    case SHIM_CYCLE: Bilingual("表里含有它自己", "the table contains itself")
    case SHIM_DECIMAL_KEY:
      Bilingual(
        "十进制数不能做表的键：相等的两个数是两个键；请用 tostring(数)",
        "a decimal cannot be a key: equal ones are different keys; use tostring(number)")
    case SHIM_BAD_KEY:
      Bilingual(
        "表的键须是文字，或从 1 起连续的整数",
        "a table's keys must be strings, or integers from 1 without gaps")
    case SHIM_BAD_TEXT:
      Bilingual("文本不是 UTF-8：第 \(position) 个字节不对", "the text is not UTF-8 at byte \(position)")
    default: Bilingual("协程或游标行不能带出脚本", "a coroutine or a live row cannot leave the script")
    }
  }
}

extension RowColumn {
  fileprivate init(_ column: LuaColumn, name: UnsafePointer<CChar>) {
    let (conversion, places) =
      switch column.conversion {
      case .plain: (ROW_PLAIN, 0)
      case .boolean: (ROW_BOOLEAN, 0)
      case .decimal(let places): (ROW_DECIMAL, places)
      }
    self.init(
      name: name, conversion: Int32(conversion), places: Int32(places),
      state: Int32(column.state ?? -1))
  }
}

/// Turns the shim's flat list of nodes into values.
private struct NodeReader {
  let nodes: UnsafeBufferPointer<ShimValue>
  let core: Core
  var position = 0

  var isAtEnd: Bool { position >= nodes.count }

  mutating func next() -> LuaValue {
    let node = nodes[position]
    position += 1
    switch node.kind {
    case ShimKind.boolean: return .boolean(node.integer != 0)
    case ShimKind.integer: return .integer(node.integer)
    case ShimKind.number: return .number(node.number)
    case ShimKind.string: return .string(text(node))
    case ShimKind.decimal: return .decimal(units: node.integer, places: Int(node.places))
    case ShimKind.table: return table(node)
    case ShimKind.function:
      return .function(LuaFunction(interpreter: core.number, number: node.integer))
    case ShimKind.object: return core.objects[Int(node.integer)].map(LuaValue.object) ?? .nil
    default: return .nil
    }
  }

  private func text(_ node: ShimValue) -> String {
    String(decoding: UnsafeRawBufferPointer(start: node.bytes, count: node.length), as: UTF8.self)
  }

  private mutating func table(_ node: ShimValue) -> LuaValue {
    var items: [LuaValue] = []
    items.reserveCapacity(Int(node.count))
    for _ in 0..<node.count { items.append(next()) }
    if node.fields <= 0 { return node.fields == 0 ? .list(items) : .record([:]) }
    var fields = [String: LuaValue](minimumCapacity: Int(node.fields))
    for _ in 0..<node.fields {
      let key = text(nodes[position])
      position += 1
      fields[key] = next()
    }
    return items.isEmpty ? .record(fields) : .mixed(list: items, fields: fields)
  }
}

/// Values by number; numbers are used again.
struct Slots<Value> {
  private var values: [Value?] = []
  private var free: [Int] = []

  subscript(index: Int) -> Value? {
    values.indices.contains(index) ? values[index] : nil
  }

  mutating func add(_ value: Value) -> Int {
    if let index = free.popLast() {
      values[index] = value
      return index
    }
    values.append(value)
    return values.count - 1
  }

  mutating func remove(_ index: Int) -> Value? {
    guard let value = self[index] else { return nil }
    values[index] = nil
    free.append(index)
    return value
  }
}
