public import Governance

extension FormulaDeclaration {
  /// The formula with every number filled in for one unit.
  ///
  /// - Parameter resolve: a setting of the unit on the period's last day.
  /// - Throws: `Problems` when the settings do not fit the formula (weights that do not total 100,
  ///   a key of another sort), or whatever `resolve` throws.
  public func scheme(
    resolving resolve: @escaping (String) throws -> Resolution
  ) throws -> Scheme {
    let settings = SettingReader(resolve: resolve)
    let (weights, weightUses) = try blockWeights(settings)
    let (bands, bandUses) = try resolvedBands(settings)
    let resolvedBody: Scheme.Body
    switch body {
    case .single(let indicator):
      resolvedBody = .single(try indicator.resolved(settings, id: id, title: title))
    case .blocks(let blocks):
      resolvedBody = .blocks(
        try blocks.map { block in
          Block(
            id: block.id, title: block.title, letter: block.letter,
            weight: weights?[block.id] ?? block.weight ?? .zero,
            indicators: try block.indicators.map { try $0.resolved(settings) },
            needsOneOf: block.needsOneOf)
        })
    }
    return try Scheme(
      id: id, title: title, body: resolvedBody, bands: bands, rounding: rounding,
      deductions: try deductions.map { try $0.resolved(settings) },
      bonus: try bonus?.resolved(settings), vetoes: vetoes.map(\.shape),
      weightSettings: weightUses, bandSettings: bandUses)
  }

  private func blockWeights(
    _ settings: SettingReader
  ) throws -> (Weights?, [SettingUse]) {
    guard case .setting(let key) = weights else { return (nil, []) }
    let resolution = try settings.resolve(key)
    guard case .map(let members) = resolution.value else {
      throw Problem.settingUnfit(key, Words("各部分的权重", "a weight for each block"))
    }
    let given = try members.sorted { $0.key < $1.key }.map { id, value in
      guard let weight = value.number else {
        throw Problem.settingUnfit(key, Words("各部分的权重", "a weight for each block"))
      }
      return (id: id, weight: weight)
    }
    return (try Weights(given, for: blocks.map(\.id)), [SettingUse(resolution)])
  }

  private func resolvedBands(_ settings: SettingReader) throws -> (Bands?, [SettingUse]) {
    switch bands {
    case .none: return (nil, [])
    case .inline(let bands): return (try Bands(bands), [])
    case .setting(let key, let lowest):
      let resolution = try settings.resolve(key)
      guard case .map(let members) = resolution.value else {
        throw Problem.settingUnfit(key, Words("各等级的下限", "the lower edge of each band"))
      }
      let bands = try members.sorted { $0.key < $1.key }.map { id, value in
        guard let edge = value.number else {
          throw Problem.settingUnfit(key, Words("各等级的下限", "the lower edge of each band"))
        }
        let title = resolution.declaration.type.label(ofMember: id)
        return Band(id, title, lower: .init(edge, included: true))
      }
      let coversAll = bands.contains { $0.lower?.value == .zero }
      return (try Bands(coversAll ? bands : bands + [lowest]), [SettingUse(resolution)])
    }
  }
}

/// Settings of one unit on one day, as numbers and curves.
struct SettingReader {
  let resolve: (String) throws -> Resolution

  func number(_ source: FormulaDeclaration.NumberSource) throws -> (Rational, [SettingUse]) {
    switch source {
    case .number(let number): return (number, [])
    case .setting(let key):
      let resolution = try resolve(key)
      guard let number = resolution.value.number else {
        throw Problem.settingUnfit(key, Words("一个数", "a number"))
      }
      return (number, [SettingUse(resolution)])
    }
  }

  func curve(
    _ key: String, _ direction: IndicatorDeclaration.Direction
  ) throws -> (Curve, SettingUse) {
    let resolution = try resolve(key)
    guard case .map(let members) = resolution.value, let full = members["full"]?.number,
      let zero = members["zero"]?.number
    else {
      throw Problem.settingUnfit(key, Words("满分线 full 与零分线 zero", "full and zero"))
    }
    do {
      let curve = try Curve(
        direction.isHigherBetter
          ? .higher(full: full, zero: zero) : .lower(full: full, zero: zero),
        partialCredit: direction.givesPartialCredit)
      return (curve, SettingUse(resolution))
    } catch {
      throw error.while(
        Words("读设置 \(key) 时", "reading the setting \(key)"))
    }
  }
}

extension IndicatorDeclaration {
  func resolved(
    _ settings: SettingReader, id: String? = nil, title: Words? = nil
  ) throws -> Indicator {
    let scale: Indicator.Scale
    var uses: [SettingUse] = []
    switch self.scale {
    case .scale(let fixed): scale = fixed
    case .setting(let key, let direction):
      let (curve, use) = try settings.curve(key, direction)
      scale = .curve(curve)
      uses = [use]
    }
    return Indicator(
      id: id ?? shape.id, title: title ?? shape.title, weight: shape.weight, scale: scale,
      per: shape.per, numerator: shape.numerator, denominator: shape.denominator,
      measure: shape.measure, missing: shape.missing, whenDropped: shape.whenDropped,
      requires: shape.requires, settings: uses)
  }
}

extension DeductionDeclaration {
  func resolved(_ settings: SettingReader) throws -> Deduction {
    let (each, eachUses) = try settings.number(each)
    let most = try most.map(settings.number)
    let year = try mostInYear.map(settings.number)
    return Deduction(
      id: id, title: title,
      rule: try DeductionRule(each: each, most: most?.0, mostInYear: year?.0),
      settings: eachUses + (most?.1 ?? []) + (year?.1 ?? []))
  }
}

extension BonusDeclaration {
  func resolved(_ settings: SettingReader) throws -> Bonus {
    let (most, uses) = try settings.number(most)
    return Bonus(title: title, most: most, settings: uses)
  }
}

extension SettingUse {
  /// The setting as an explanation shows it: key, value in words, layer, place.
  public init(_ resolution: Resolution) {
    self.init(
      key: resolution.key, label: resolution.declaration.label, value: resolution.words,
      layer: resolution.layer?.label ?? Words("声明的默认值", "declared default"),
      source: resolution.winner?.place?.description)
  }
}

extension SettingValue {
  var number: Rational? {
    switch self {
    case .integer(let number): Rational(number)
    case .decimal(let number): Rational(number)
    default: nil
    }
  }
}

extension SettingType {
  /// What a member of a record or map is called, else its code.
  func label(ofMember code: String) -> Words {
    switch self {
    case .record(let members, _):
      members.first { $0.code == code }?.label ?? Words(verbatim: code)
    case .map(let keys, _, _):
      keys.first { $0.code == code }?.label ?? Words(verbatim: code)
    default: Words(verbatim: code)
    }
  }
}

extension Problem {
  static func settingUnfit(_ key: String, _ wanted: Words) -> Problem {
    Problem(
      .settingInvalid,
      Words(
        "设置 \(key) 不是公式要的\(wanted.chinese)",
        "the setting \(key) is not what the formula needs: \(wanted.english)"))
  }
}
