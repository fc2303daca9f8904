package dev.freshet.job.stamp;

import dev.freshet.adaptation.learner.Head;
import dev.freshet.adaptation.release.ReleaseManifest;
import dev.freshet.schemas.QueryAsked;
import java.util.List;

/** Which heads answer a query. */
public final class QueryHeads {
  private QueryHeads() {}

  /**
   * The heads that answer a query: those it names, else the release's defaults that answer such a
   * question (numbers about features, an order without), else all defaults.
   */
  public static List<String> of(QueryAsked query, ReleaseManifest manifest) {
    if (!query.heads().isEmpty()) {
      return query.heads();
    }
    return defaults(query, manifest);
  }

  private static List<String> defaults(QueryAsked query, ReleaseManifest manifest) {
    Head.Kind wanted = query.ranks() ? Head.Kind.RANKING : Head.Kind.SCORING;
    List<String> fitting =
        manifest.defaultHeads().stream()
            .filter(name -> manifest.head(name).orElseThrow().kind() == wanted)
            .toList();
    return fitting.isEmpty() ? manifest.defaultHeads() : fitting;
  }

  /** Whose un-adapted answer stands for the release: the first default of the kind asked for. */
  public static String main(QueryAsked query, ReleaseManifest manifest) {
    return defaults(query, manifest).get(0);
  }
}
