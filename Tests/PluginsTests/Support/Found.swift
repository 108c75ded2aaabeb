import Governance

/// Each problem as one line: `3: sentence | hint`.
func found(_ body: () throws -> Void) -> [String] {
  do {
    try body()
    return []
  } catch let problems as Problems {
    return problems.all.map(line)
  } catch let problem as Problem {
    return [line(problem)]
  } catch {
    return ["\(error)"]
  }
}

private func line(_ problem: Problem) -> String {
  let place = problem.place?.line.map { "\($0): " } ?? ""
  let hint = problem.hint.map { " | \($0.chinese)" } ?? ""
  return place + problem.message.chinese + hint
}
