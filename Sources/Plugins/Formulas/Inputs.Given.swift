internal import Governance
internal import Lua

extension Inputs {
  /// Inputs as a test writes them.
  ///
  /// `{ closed_loop = { response = {63, 64}, … }, visits = 88, deductions = { red = 2 }, bonus = 3,
  /// vetoes = { false_record = true } }`: a block is a score or its indicators; an indicator is
  /// a number, a mark or `{ numerator, denominator }`; a count may be a list, this period first. A
  /// formula of one number takes `{ value = … }` or `{ rate = {n, d} }`. What is left out of
  /// deductions, bonus and vetoes is 0.
  init(given: LuaValue, for declaration: FormulaDeclaration) throws {
    self.init()
    let faults = FormulaFaults(at: nil)
    let extras = ["deductions", "bonus", "vetoes"]
    let own = declaration.blocks.isEmpty ? ["value", "rate"] : declaration.blocks.map(\.id)
    guard let reader = TableReader(given, at: "", faults, keys: own + extras) else {
      throw Problems(faults.problems)
    }
    if declaration.blocks.isEmpty {
      try readSingle(reader, declaration)
    }
    for block in declaration.blocks where reader.has(block.id) {
      try read(block, reader.fields[block.id] ?? .nil, faults)
    }
    try readAdjustments(reader, declaration)
    guard faults.problems.isEmpty else { throw Problems(faults.problems) }
  }

  private mutating func readSingle(
    _ reader: TableReader, _ declaration: FormulaDeclaration
  ) throws {
    let key = Key("", declaration.id)
    if let rate = reader.fields["rate"] {
      observations[key] = try Self.observation(rate, declaration.title)
    } else if let value = reader.fields["value"] {
      observations[key] = .value(Input(try Figure(value, declaration.title)))
    }
  }

  private mutating func read(
    _ block: BlockDeclaration, _ value: LuaValue, _ faults: FormulaFaults
  ) throws {
    guard value.fields != nil else {
      blocks[block.id] = Input(try Figure(value, block.title))
      return
    }
    let ids = block.indicators.map(\.id)
    guard let reader = TableReader(value, at: block.id, faults, keys: ids) else { return }
    for indicator in block.indicators where reader.has(indicator.id) {
      observations[Key(block.id, indicator.id)] = try Self.observation(
        reader.fields[indicator.id] ?? .nil, indicator.shape.title)
    }
  }

  private mutating func readAdjustments(
    _ reader: TableReader, _ declaration: FormulaDeclaration
  ) throws {
    let counts = Self.table(reader, "deductions", declaration.deductions.map(\.id))
    for deduction in declaration.deductions {
      let given = counts?.fields[deduction.id] ?? 0
      deductions[deduction.id] = try (given.items ?? [given]).map {
        Input(try Figure($0, deduction.title))
      }
    }
    if let declared = declaration.bonus {
      bonus = Input(try Figure(reader.fields["bonus"] ?? 0, declared.title))
    }
    let found = Self.table(reader, "vetoes", declaration.vetoes.map(\.shape.id))
    for veto in declaration.vetoes {
      let given = found?.fields[veto.shape.id] ?? false
      vetoes[veto.shape.id] = Input(try Figure(given, veto.shape.title))
    }
  }

  private static func table(
    _ reader: TableReader, _ key: String, _ ids: [String]
  ) -> TableReader? {
    guard reader.has(key) else { return nil }
    return TableReader(reader.fields[key] ?? .nil, at: key, reader.faults, keys: ids)
  }

  private static func observation(_ value: LuaValue, _ title: Words) throws -> Observation {
    guard let pair = value.items else { return .value(Input(try Figure(value, title))) }
    guard pair.count == 2 else { throw Problem.rateNeedsTwo(title) }
    return .rate(Input(try Figure(pair[0], title)), of: Input(try Figure(pair[1], title)))
  }
}
