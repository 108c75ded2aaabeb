public import Digests
public import Governance

/// Which records an answer came from: how many, a digest over them, the first codes.
public struct Evidence: Hashable, Sendable {
  public let count: Int

  /// Over id and version of every record, in order of id: the same records in the
  /// same versions give the same digest.
  public let digest: Digest
  public let codes: [String]
}

extension Reader {
  /// The records a query names, for an explanation (`decisions.md` 23).
  ///
  /// - Parameter limit: how many codes are listed, in the query's order.
  public func evidence(
    _ query: Query, in scope: Scope, listing limit: Int = 20
  ) throws -> Evidence {
    let compiler = compiler(scope)
    let (source, from) = try compiler.source(of: query)
    let order = try compiler.order(of: query, source)
    let columns = ["id", "_version", "code"].map(source.column).joined(separator: ", ")
    var versions: [(id: Int64, version: Int64)] = []
    var codes: [String] = []
    try connection.forEachRow("SELECT \(columns) \(from) \(order)\(compiler.limit(of: query))") {
      versions.append(($0[0].integer ?? 0, $0[1].integer ?? 0))
      if codes.count < limit, let code = $0[2].text { codes.append(code) }
    }
    versions.sort { $0.id < $1.id }
    let spelled = versions.map { "\($0.id).\($0.version)" }.joined(separator: ",")
    return Evidence(
      count: versions.count, digest: Digest(of: "\(source.kind.id):\(spelled)"), codes: codes)
  }
}
