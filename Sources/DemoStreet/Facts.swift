/// One row of the table in `domain.md` §9: what a community consists of on 30 April 2026.
///
/// Nothing of this is stored; the generator makes so many rows, and a query counts them.
struct Facts {
  let number: Int
  let name: String
  let english: String
  let type: String
  let courtyards, buildings, stairwells, households, occupied, residents: Int
  let aged, floating, rented, lowIncome: Int

  /// The members of each party branch or group.
  let branches: [Int]

  /// The buildings whose head's post is empty.
  let withoutHead: [Int]
  let representatives, workers: Int
  let units: [(sort: String, count: Int)]
  let organisations: [(sort: String, count: Int)]
  let casesPerMonth: Int

  /// Working days to answer a question: the street allows five, 十字街 decided on three.
  var questionWorkdays: Int { number == 2 ? 3 : 5 }

  /// Working days of a public notice: the street asks for five, 十字街 decided on seven.
  var noticeWorkdays: Int { number == 2 ? 7 : 5 }

  var partyMembers: Int { branches.reduce(0, +) }
}

/// An estate that the adjacent community looks after until it has a committee of its own (B4).
struct EstateFacts {
  let key: String
  let name: String
  let english: String
  let caretaker: Int
  let neighbours: [Int]
  let buildings, dwellings, occupied: Int
}

extension Facts {
  static let estates = [
    EstateFacts(
      key: "a", name: "锦绣苑", english: "Jinxiu Estate", caretaker: 4, neighbours: [4, 6],
      buildings: 6, dwellings: 612, occupied: 306),
    EstateFacts(
      key: "b", name: "福瑞园", english: "Furui Estate", caretaker: 6, neighbours: [6],
      buildings: 5, dwellings: 488, occupied: 243),
  ]

  /// 01–02–03–04–06–05–08–07–01, and 02–06; each pair once.
  static let adjacency = [
    (1, 2), (2, 3), (3, 4), (4, 6), (5, 6), (5, 8), (7, 8), (1, 7), (2, 6),
  ]

  static let all: [Facts] = [
    Facts(
      number: 1, name: "建设路", english: "Jianshe Road", type: "unit_compound",
      courtyards: 9, buildings: 41, stairwells: 148, households: 2438, occupied: 2361,
      residents: 6102, aged: 2075, floating: 366, rented: 189, lowIncome: 44,
      branches: [21, 21, 21, 21, 21, 21, 20], withoutHead: [], representatives: 82, workers: 11,
      units: [
        ("school", 3), ("clinic", 2), ("shop", 9), ("firm", 6), ("office", 9), ("property_firm", 2),
      ],
      organisations: organisations(5, 3, 2, 1, 1), casesPerMonth: 50),
    Facts(
      number: 2, name: "十字街", english: "Shizi Street", type: "old_estate",
      courtyards: 8, buildings: 34, stairwells: 121, households: 1986, occupied: 1872,
      residents: 5214, aged: 1616, floating: 469, rented: 225, lowIncome: 44,
      branches: [20, 20, 20, 20, 19, 19], withoutHead: [7], representatives: 67, workers: 10,
      units: [("school", 2), ("clinic", 2), ("shop", 13), ("firm", 2), ("office", 4)],
      organisations: organisations(4, 2, 2, 1, 0), casesPerMonth: 60),
    Facts(
      number: 3, name: "四龙路", english: "Silong Road", type: "mixed_commercial",
      courtyards: 6, buildings: 22, stairwells: 63, households: 1724, occupied: 1640,
      residents: 4390, aged: 966, floating: 702, rented: 312, lowIncome: 24,
      branches: [22, 22, 22, 21], withoutHead: [], representatives: 58, workers: 8,
      units: [
        ("school", 1), ("clinic", 2), ("shop", 49), ("firm", 7), ("office", 3),
        ("property_firm", 2),
      ],
      organisations: organisations(3, 2, 1, 1, 1), casesPerMonth: 55),
    Facts(
      number: 4, name: "大型区", english: "Daxing Quarter", type: "commodity",
      courtyards: 4, buildings: 27, stairwells: 58, households: 2860, occupied: 2574,
      residents: 7436, aged: 1041, floating: 1338, rented: 541, lowIncome: 17,
      branches: [20, 19, 19, 19, 19], withoutHead: [], representatives: 96, workers: 14,
      units: [
        ("school", 3), ("clinic", 2), ("shop", 12), ("firm", 5), ("office", 2),
        ("property_firm", 4),
      ],
      organisations: organisations(4, 3, 2, 1, 1), casesPerMonth: 45),
    Facts(
      number: 5, name: "向阳村", english: "Xiangyang Village", type: "village_to_city",
      courtyards: 5, buildings: 19, stairwells: 61, households: 1158, occupied: 1101,
      residents: 3287, aged: 625, floating: 789, rented: 286, lowIncome: 32,
      branches: [17, 17, 17], withoutHead: [], representatives: 39, workers: 6,
      units: [
        ("school", 1), ("clinic", 1), ("shop", 9), ("firm", 3), ("office", 1), ("property_firm", 1),
        ("cooperative", 1),
      ],
      organisations: organisations(2, 2, 1, 1, 0), casesPerMonth: 40),
    Facts(
      number: 6, name: "友好路", english: "Youhao Road", type: "old_estate",
      courtyards: 7, buildings: 30, stairwells: 109, households: 1812, occupied: 1704,
      residents: 4705, aged: 1459, floating: 423, rented: 204, lowIncome: 40,
      branches: [18, 18, 18, 18], withoutHead: [], representatives: 61, workers: 9,
      units: [("school", 2), ("clinic", 1), ("shop", 11), ("firm", 3), ("office", 4)],
      organisations: organisations(3, 3, 1, 1, 1), casesPerMonth: 60),
    Facts(
      number: 7, name: "矿山路", english: "Kuangshan Road", type: "unit_compound",
      courtyards: 8, buildings: 36, stairwells: 127, households: 2105, occupied: 1958,
      residents: 5398, aged: 1835, floating: 324, rented: 157, lowIncome: 38,
      branches: [19, 19, 19, 19, 19, 19, 19], withoutHead: [12], representatives: 71, workers: 10,
      units: [
        ("school", 2), ("clinic", 2), ("shop", 10), ("firm", 6), ("office", 4),
        ("property_firm", 1),
        ("mine", 1),
      ],
      organisations: organisations(4, 3, 2, 1, 0), casesPerMonth: 50),
    Facts(
      number: 8, name: "红卫村", english: "Hongwei Village", type: "village_to_city",
      courtyards: 3, buildings: 8, stairwells: 34, households: 1006, occupied: 952,
      residents: 2713, aged: 515, floating: 651, rented: 248, lowIncome: 28,
      branches: [25, 25], withoutHead: [], representatives: 34, workers: 5,
      units: [("school", 1), ("clinic", 1), ("shop", 8), ("firm", 3), ("office", 1)],
      organisations: organisations(2, 1, 1, 1, 0), casesPerMonth: 40),
  ]

  /// Culture and sport 27, service 19, safety and mediation 12, consultation 8, hub 4: 70.
  private static func organisations(
    _ culture: Int, _ service: Int, _ safety: Int, _ consultation: Int, _ hub: Int
  ) -> [(sort: String, count: Int)] {
    [
      ("culture_sport", culture), ("service", service), ("safety_mediation", safety),
      ("consultation", consultation), ("hub", hub),
    ]
  }
}
