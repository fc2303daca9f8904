package dev.freshet.standalone.load;

import dev.freshet.adaptation.learner.PrototypeLearner;
import dev.freshet.adaptation.release.ReleaseDraft;
import dev.freshet.adaptation.release.ReleaseManifest;
import dev.freshet.adaptation.release.ReleaseWriter;
import dev.freshet.standalone.broker.BrokerLink;
import dev.freshet.standalone.release.ReleaseDesk;
import dev.freshet.standalone.release.ReleaseShelf;
import dev.freshet.trainer.publish.ShippedRelease;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What the job serves while it is measured. */
public enum LoadedRelease {
  /** Prototypes: adapting costs next to nothing, so what is measured is the job. */
  PROTOTYPES,
  /** What ships, its learner's time included. */
  SHIPPED;

  private static final String ID = "prototypes";

  /** As people type it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Puts it in force; the shipped one already is. */
  void putInForce(BrokerLink broker, ReleaseShelf shelf) {
    if (this == SHIPPED) {
      return;
    }
    ReleaseManifest shipped = ShippedRelease.CATEGORIES.assemble().manifest();
    ReleaseDraft draft =
        new ReleaseDraft(
            ShippedRelease.CATEGORIES.lineage(),
            ID,
            shipped.encoder(),
            "nothing",
            Map.of(),
            Optional.empty(),
            "# Prototypes, for load runs\n");
    new ReleaseWriter()
        .write(
            shelf.directory(ShippedRelease.CATEGORIES.lineage(), ID),
            draft,
            new PrototypeLearner(shipped.features()));
    var unused =
        new ReleaseDesk(broker, shelf, Clock.systemUTC())
            .activate(ShippedRelease.CATEGORIES.lineage(), ID);
  }
}
