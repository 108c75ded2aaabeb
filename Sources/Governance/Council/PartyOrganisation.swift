/// The form a community's party organisation must have (B12, B13; `domain.md` §3.1).
public enum PartyOrganisationForm: String, CaseIterable, Sendable {
  /// 党总支: more than 50 members on the roll.
  case generalBranch = "general_branch"
  /// 党支部: at most 50, at least 3 of them full members.
  case branch
  /// 联合党支部: fewer than 3 full members, together with neighbours.
  case jointBranch = "joint_branch"

  public var label: Words {
    switch self {
    case .generalBranch: Words("党总支", "general party branch")
    case .branch: Words("党支部", "party branch")
    case .jointBranch: Words("联合党支部", "joint party branch")
    }
  }

  /// 超过50 excludes 50 (Civil Code 1259): 50 members are a branch, 51 a general branch.
  ///
  /// - Parameters:
  ///   - registered: members on the roll, probationary ones among them.
  ///   - full: full members.
  public static func required(registered: Int, full: Int) -> PartyOrganisationForm {
    if registered > 50 { return .generalBranch }
    return full >= 3 ? .branch : .jointBranch
  }

  /// Above 100 members practice is a party committee; advice, not a rule.
  public static func advisesCommittee(registered: Int) -> Bool {
    registered > 100
  }
}

/// How a community's party members could be divided among its buildings (B14).
public struct PartyDivision: Hashable, Sendable {
  /// What the parts are: branches under a general branch, groups inside a branch.
  public enum Part: String, CaseIterable, Sendable {
    case buildingBranch = "building_branch"
    case group

    public var label: Words {
      switch self {
      case .buildingBranch: Words("楼宇党支部", "building party branch")
      case .group: Words("党小组", "party group")
      }
    }
  }

  public let part: Part

  /// Members of each part, the larger first; they differ by one at most.
  public let sizes: [Int]

  /// About 20 to a part: the nearest whole number of parts, and where two are
  /// equally near the even one, so 50 members make 2 groups of 25.
  ///
  /// Nil for a joint branch, which has no parts, and for numbers that no community has.
  public static func proposed(registered: Int, full: Int) -> PartyDivision? {
    guard (1...1_000_000).contains(registered) else { return nil }
    let part: Part
    switch PartyOrganisationForm.required(registered: registered, full: full) {
    case .generalBranch: part = .buildingBranch
    case .branch: part = .group
    case .jointBranch: return nil
    }
    let (whole, rest) = registered.quotientAndRemainder(dividingBy: 20)
    let up = rest > 10 || (rest == 10 && !whole.isMultiple(of: 2))
    let count = max(1, whole + (up ? 1 : 0))
    let (size, larger) = registered.quotientAndRemainder(dividingBy: count)
    let sizes = (0..<count).map { $0 < larger ? size + 1 : size }
    return PartyDivision(part: part, sizes: sizes)
  }

  /// The parts outside a range of sizes, by default 15 to 25.
  public func outside(_ range: ClosedRange<Int> = 15...25) -> [Int] {
    sizes.filter { !range.contains($0) }
  }
}
