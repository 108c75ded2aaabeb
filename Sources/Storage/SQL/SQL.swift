/// What a database stores in one place: the four things a column can hold.
public enum Stored: Hashable, Sendable {
  case null
  case integer(Int64)
  case text(String)
  case bytes([UInt8])

  public var integer: Int64? {
    guard case .integer(let number) = self else { return nil }
    return number
  }

  public var text: String? {
    guard case .text(let text) = self else { return nil }
    return text
  }

  public var bytes: [UInt8]? {
    guard case .bytes(let bytes) = self else { return nil }
    return bytes
  }
}

/// A statement whose text and values are kept apart: an interpolation is a binding.
///
///     let recent: SQL = "year > \(2020)"
///     let query: SQL = "SELECT * FROM submission WHERE form = \(form) AND \(recent)"
public struct SQL: Hashable, Sendable, ExpressibleByStringInterpolation {
  fileprivate enum Part: Hashable, Sendable {
    case text(String)
    case binding(Stored)
  }

  private var parts: [Part]

  public init(stringLiteral text: String) {
    parts = [.text(text)]
  }

  public init(stringInterpolation: Interpolation) {
    parts = stringInterpolation.parts
  }

  private init(parts: [Part]) {
    self.parts = parts
  }

  fileprivate init(joining pieces: some Sequence<SQL>, separator: SQL) {
    parts = []
    for (index, piece) in pieces.enumerated() {
      if index > 0 { parts += separator.parts }
      parts += piece.parts
    }
  }

  /// Text that the program wrote itself, never something a person typed.
  public init(trusted text: String) {
    parts = [.text(text)]
  }

  /// The text as a dialect spells it, and the values in the order of their placeholders.
  public func rendered(for dialect: Dialect) -> (text: String, bindings: [Stored]) {
    var text = ""
    var bindings: [Stored] = []
    for part in parts {
      switch part {
      case .text(let piece): text += piece
      case .binding(let value):
        bindings.append(value)
        text += dialect.placeholder(bindings.count)
      }
    }
    return (text, bindings)
  }

  public static func + (left: SQL, right: SQL) -> SQL {
    SQL(parts: left.parts + right.parts)
  }

  /// What builds an `SQL` from a literal: values become bindings, `SQL` is embedded.
  public struct Interpolation: StringInterpolationProtocol {
    fileprivate var parts: [Part] = []

    public init(literalCapacity: Int, interpolationCount: Int) {
      parts.reserveCapacity(interpolationCount * 2 + 1)
    }

    public mutating func appendLiteral(_ literal: String) {
      if !literal.isEmpty { parts.append(.text(literal)) }
    }

    public mutating func appendInterpolation(_ sql: SQL) {
      parts += sql.parts
    }

    /// The name of a table or column, quoted.
    public mutating func appendInterpolation(name: String) {
      parts.append(.text(SQL.quoted(name)))
    }

    public mutating func appendInterpolation(_ value: Stored) {
      parts.append(.binding(value))
    }

    public mutating func appendInterpolation(_ text: String?) {
      parts.append(.binding(text.map(Stored.text) ?? .null))
    }

    public mutating func appendInterpolation(_ number: some BinaryInteger) {
      parts.append(.binding(.integer(Int64(number))))
    }

    public mutating func appendInterpolation(_ number: Int64?) {
      parts.append(.binding(number.map(Stored.integer) ?? .null))
    }
  }

  static func quoted(_ name: String) -> String {
    guard name.utf8.contains(UInt8(ascii: "\"")) else { return "\"" + name + "\"" }
    let pieces = name.split(separator: "\"", omittingEmptySubsequences: false)
    return "\"" + pieces.joined(separator: "\"\"") + "\""
  }
}

extension Sequence<SQL> {
  /// The pieces one after another with a separator between them.
  public func joined(separator: SQL) -> SQL {
    SQL(joining: self, separator: separator)
  }
}
