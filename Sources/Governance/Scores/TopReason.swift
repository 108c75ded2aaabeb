/// The part that explains a score best, in words.
///
/// Against a previous period it is the part whose points moved the total most
/// in the direction the total went; otherwise the part that cost most.
public struct TopReason: Hashable, Sendable {
  public enum Kind: String, CaseIterable, Sendable {
    case rose
    case fell
    case costs
  }

  public let kind: Kind

  /// Ids from the block down: `closed_loop`, `solution`.
  public let path: [String]
  public let label: Words

  /// Points of the total; without sign.
  public let points: Rational

  /// What was measured: `58/64`, nil where there is nothing short to show.
  public let evidence: String?

  /// Nil when there is no score, or nothing cost anything and nothing changed.
  public init?(of now: Assessment, since before: Assessment?) {
    guard now.score != nil else { return nil }
    let parts = now.explanation.parts
    if let before, let old = before.score, let new = now.score, old != new {
      self.init(moved: parts, from: before.explanation.parts, up: new > old)
    } else {
      self.init(costliest: parts)
    }
  }

  private init?(costliest parts: [Part]) {
    self.init(.costs, parts.map { ($0, $0.lost) })
  }

  private init?(moved now: [Part], from before: [Part], up: Bool) {
    let moves = now.map { part in
      (part, part.balance - (before.first { $0.path == part.path }?.balance ?? .zero))
    }
    let gone = before.filter { old in !now.contains { $0.path == old.path } }
      .map { ($0, -$0.balance) }
    self.init(up ? .rose : .fell, (moves + gone).map { ($0.0, up ? $0.1 : -$0.1) })
  }

  /// The part with most points; of equal ones the first in order.
  private init?(_ kind: Kind, _ parts: [(part: Part, points: Rational)]) {
    guard let most = parts.map(\.points).max(), most > .zero,
      let part = parts.first(where: { $0.points == most })?.part
    else { return nil }
    self.init(kind, part, most)
  }

  private init(_ kind: Kind, _ part: Part, _ points: Rational) {
    self.kind = kind
    path = part.path
    label = part.label
    self.points = points
    evidence = part.evidence
  }

  /// `办结率 58/64，失2.50分`.
  public var words: Words {
    let evidence = evidence.map { " " + $0 } ?? ""
    let points = points.shownAsScore
    return switch kind {
    case .rose:
      Words("\(label.chinese)\(evidence)，升\(points)分", "\(label.english)\(evidence), up \(points)")
    case .fell:
      Words(
        "\(label.chinese)\(evidence)，降\(points)分", "\(label.english)\(evidence), down \(points)")
    case .costs:
      Words(
        "\(label.chinese)\(evidence)，失\(points)分", "\(label.english)\(evidence), cost \(points)")
    }
  }
}

/// A part of a total with the points it gained and lost.
struct Part {
  let path: [String]
  let label: Words

  /// What it did to a full score: minus what it fell short of, or the points it added or took.
  ///
  /// Balances sum to the total less 100. An indicator that drops out, or comes
  /// in with a full mark, did nothing, whatever weight it gave away or took.
  let balance: Rational
  let lost: Rational
  let evidence: String?
}

extension Explanation {
  /// The indicators, deductions and bonus below this node, with their points of its total.
  var parts: [Part] {
    parts(share: 1, path: [])
  }

  private func parts(share: Rational, path: [String]) -> [Part] {
    switch role {
    case .indicator: [measuredPart(share, path + [id])]
    case .deduction, .bonus: [adjustingPart(path + [id])]
    case .input: []
    case .total, .step: inner(share, path)
    case .block: inner(share, path + [id])
    }
  }

  private func inner(_ share: Rational, _ path: [String]) -> [Part] {
    // Several periods or units as one have no part that explains them all.
    if case .gathered = operation { return [] }
    guard case .weightedMean(let mix) = operation else {
      return children.flatMap { $0.parts(share: share, path: path) }
    }
    let shares = mix.shares(of: children.map(\.value))
    return zip(children, shares).flatMap { child, part in
      part.isZero ? [] : child.parts(share: share * part, path: path)
    }
  }

  private func measuredPart(_ share: Rational, _ path: [String]) -> Part {
    let lost = share * (100 - (value.number ?? .zero))
    return Part(path: path, label: label, balance: -lost, lost: lost, evidence: evidence)
  }

  private func adjustingPart(_ path: [String]) -> Part {
    let points = value.number ?? .zero
    return Part(
      path: path, label: label, balance: points, lost: max(.zero, -points),
      evidence: children.first?.value.number?.shown)
  }

  /// What was measured, short: `58/64` for a rate.
  public var evidence: String? {
    if case .ratio = operation, children.count == 2,
      let above = children[0].value.number, let below = children[1].value.number
    {
      return "\(above.shown)/\(below.shown)"
    }
    return role == .input ? nil : children.first.flatMap(\.evidence)
  }
}
