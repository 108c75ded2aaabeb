/// The kinds that every workspace has, declared here and nowhere else.
public enum BuiltInKinds {
  public static let all: [Kind] =
    structure + places + people + council + casework + duties + publicity

  private static let byID = Dictionary(uniqueKeysWithValues: all.map { ($0.id, $0) })
  private static let byCollection = Dictionary(
    uniqueKeysWithValues: all.map { ($0.collection, $0) })

  /// The kind with an id such as `case`.
  public static func kind(_ id: String) -> Kind? { byID[id] }

  /// The kind with a plural such as `cases`.
  public static func collection(_ name: String) -> Kind? { byCollection[name] }
}
