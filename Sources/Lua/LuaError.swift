/// A line of a script.
public struct LuaPlace: Hashable, Sendable {
  /// The name the chunk was loaded under, usually a file.
  public let chunk: String
  public let line: Int?

  public init(chunk: String, line: Int?) {
    self.chunk = chunk
    self.line = line
  }
}

/// Why a script gave no result.
public enum LuaError: Error {
  /// The text is not Lua. `isIncomplete` tells a prompt to ask for more; `source` is the text.
  case syntax(message: String, isIncomplete: Bool, source: String?, at: LuaPlace)

  /// The script raised an error. `cause` is the host's own error when one of its functions threw.
  case runtime(message: String, traceback: String, cause: (any Error)?, at: LuaPlace)

  /// The script went over a limit its host set; the interpreter runs nothing any more.
  case exceeded(Budget, used: Double, limit: Double, at: LuaPlace)

  /// The script's result has no counterpart in the host. `path` leads to it, such as `.items[3]`.
  case unconvertible(reason: Bilingual, path: String, at: LuaPlace)

  /// A failure of the host that no script may catch.
  case host(any Error, at: LuaPlace)

  public var place: LuaPlace {
    switch self {
    case .syntax(_, _, _, let place), .runtime(_, _, _, let place), .exceeded(_, _, _, let place),
      .unconvertible(_, _, let place), .host(_, let place):
      place
    }
  }
}

extension LuaError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .syntax(let message, _, _, _): message
    case .runtime(let message, _, _, _): message
    case .exceeded(let budget, let used, let limit, let place):
      "\(place.chunk):\(place.line ?? 0): \(budget.rawValue) budget exceeded: \(used) of \(limit)"
    case .unconvertible(let reason, let path, _):
      path.isEmpty ? reason.english : "\(path): \(reason.english)"
    case .host(let error, _): "\(error)"
    }
  }
}

/// A failure that a script cannot catch with `pcall`: the run ends with it.
public protocol LuaUncatchable: Error {}

/// A failure of the host worded for a script's author.
public struct LuaFailure: Error, Hashable, CustomStringConvertible {
  public let words: Bilingual

  public init(_ chinese: String, _ english: String) {
    words = Bilingual(chinese, english)
  }

  public var description: String { words.english }
}
