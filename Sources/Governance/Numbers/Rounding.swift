/// How the one declared rounding point rounds.
public enum Rounding: String, CaseIterable, Sendable {
  /// 四舍五入: a half goes away from zero.
  case halfAway = "half_away"
  /// 四舍六入五成双: a half goes to the even neighbour.
  case halfEven = "half_even"
}
