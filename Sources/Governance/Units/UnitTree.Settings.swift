/// What settings need to know of the units, taken from the tree.
extension UnitTree {
  public var settingTypologies: [SettingTypology] {
    typologies.map {
      SettingTypology(
        $0.id, $0.label.chinese, $0.label.english, compulsory: $0.isCompulsory, types: $0.types)
    }
  }

  /// Every unit that ever existed, in order of id; name and street are those of its last interval.
  public var settingUnits: [SettingUnit] {
    units.values.compactMap { intervals in
      guard let first = intervals.first, let last = intervals.last else { return nil }
      let day = last.valid.from ?? .earliest
      return SettingUnit(
        last.id, name: last.name,
        street: ancestors(of: last, on: day).first { $0.level == .street }?.id,
        community: last.level == .community ? last.id : nil,
        types: (memberships[last.id] ?? []).map {
          .init($0.type, from: $0.valid.from, to: $0.valid.to)
        },
        caretakers: (caretakings[last.id] ?? []).map {
          .init($0.caretaker, from: $0.valid.from, to: $0.valid.to)
        },
        from: first.valid.from, to: last.valid.to)
    }
    .sorted { $0.id < $1.id }
  }
}
