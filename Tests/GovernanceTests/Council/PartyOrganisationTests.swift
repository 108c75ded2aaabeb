import Governance
import Testing

// domain.md §3.1, §0.3, B12–B14.
struct PartyOrganisationTests {
  @Test(arguments: [
    (0, 0, PartyOrganisationForm.jointBranch), (2, 2, .jointBranch), (3, 3, .branch),
    (5, 2, .jointBranch), (49, 40, .branch), (50, 45, .branch), (51, 45, .generalBranch),
    (100, 90, .generalBranch), (101, 90, .generalBranch),
  ])
  func `Fifty members are a branch and fifty-one a general branch`(
    registered: Int, full: Int, form: PartyOrganisationForm
  ) {
    #expect(PartyOrganisationForm.required(registered: registered, full: full) == form)
  }

  @Test func `A committee is advised above a hundred members`() {
    #expect(!PartyOrganisationForm.advisesCommittee(registered: 100))
    #expect(PartyOrganisationForm.advisesCommittee(registered: 101))
  }

  // The eight communities of domain.md §9.
  @Test(arguments: [
    (51, [17, 17, 17]), (72, [18, 18, 18, 18]), (87, [22, 22, 22, 21]),
    (96, [20, 19, 19, 19, 19]), (118, [20, 20, 20, 20, 19, 19]),
    (133, [19, 19, 19, 19, 19, 19, 19]), (146, [21, 21, 21, 21, 21, 21, 20]),
  ])
  func `A general branch divides into building branches of about twenty`(
    registered: Int, sizes: [Int]
  ) throws {
    let division = try #require(
      PartyDivision.proposed(registered: registered, full: registered))
    #expect(division.part == .buildingBranch)
    #expect(division.sizes == sizes)
    #expect(division.outside().isEmpty)
  }

  @Test func `A branch of fifty has two groups of twenty-five`() throws {
    let division = try #require(PartyDivision.proposed(registered: 50, full: 50))
    #expect(division.part == .group)
    #expect(division.sizes == [25, 25])
  }

  @Test func `Parts hold everyone and differ by one at most`() throws {
    for registered in 3...2000 {
      let division = try #require(PartyDivision.proposed(registered: registered, full: 3))
      #expect(division.sizes.reduce(0, +) == registered)
      #expect(division.sizes[0] - division.sizes[division.sizes.count - 1] <= 1)
      if registered > 50 { #expect(division.outside().isEmpty) }
    }
  }

  @Test func `A joint branch has no parts`() {
    #expect(PartyDivision.proposed(registered: 20, full: 2) == nil)
    #expect(PartyDivision.proposed(registered: .max, full: 3) == nil)
  }
}
