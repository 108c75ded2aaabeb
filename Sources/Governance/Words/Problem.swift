/// Where in a file something is wrong.
public struct Place: Hashable, Sendable, CustomStringConvertible {
  public let file: String
  public let line: Int?

  public init(file: String, line: Int? = nil) {
    self.file = file
    self.line = line
  }

  public var description: String {
    guard let line else { return file }
    return "\(file):\(line)"
  }
}

/// What went wrong, for a person: a stable code, a sentence, a place, a hint.
///
/// The wording lives beside the domain it speaks of, as static functions in
/// extensions (`Problem.unknownUnit(_:nearest:)`), one place for each fact.
public struct Problem: Error, Hashable, Sendable {
  public let code: ErrorCode
  public let message: Words
  public var place: Place?
  public var hint: Words?

  /// The calls of a script that led here, innermost first.
  public var calls: [Call] = []

  /// One call of a script: its line, and the function's name where it has one.
  public struct Call: Hashable, Sendable {
    public let place: Place
    public let function: String?

    public init(_ place: Place, in function: String?) {
      self.place = place
      self.function = function
    }
  }

  /// What was being done, innermost first; each layer adds one line on the way out.
  public private(set) var context: [Words] = []

  public init(_ code: ErrorCode, _ message: Words, at place: Place? = nil, hint: Words? = nil) {
    self.code = code
    self.message = message
    self.place = place
    self.hint = hint
  }

  /// The same problem with one more line of context.
  public func `while`(_ doing: Words) -> Problem {
    var copy = self
    copy.context.append(doing)
    return copy
  }

  /// The same problem at a place, unless it already knows a closer one.
  public func at(_ place: Place) -> Problem {
    var copy = self
    copy.place = copy.place ?? place
    return copy
  }
}

/// Several problems found in one pass, reported together and in order.
public struct Problems: Error, Hashable, Sendable {
  public let all: [Problem]

  /// - Precondition: `all` is not empty.
  public init(_ all: [Problem]) {
    precondition(!all.isEmpty, "no problem to report")
    self.all = all
  }
}
