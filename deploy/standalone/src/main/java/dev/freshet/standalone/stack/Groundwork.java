package dev.freshet.standalone.stack;

import dev.freshet.adaptation.release.Release;
import dev.freshet.broker.TopicSetup;
import dev.freshet.schemas.ReleaseActivated;
import dev.freshet.schemas.ReleaseCatalogue;
import dev.freshet.schemas.ReleaseCatalogue.Entry;
import dev.freshet.schemas.Topics;
import dev.freshet.standalone.broker.BrokerLink;
import dev.freshet.standalone.broker.BrokerProcess;
import dev.freshet.standalone.console.CommandFailure;
import dev.freshet.standalone.console.Exit;
import dev.freshet.standalone.release.ReleaseDesk;
import dev.freshet.standalone.release.ReleaseShelf;
import dev.freshet.trainer.publish.ShippedRelease;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.admin.Admin;

/**
 * What any job stands on: a broker, its topics, and a verified release of each lineage in force.
 */
public final class Groundwork implements AutoCloseable {
  private final BrokerProcess broker;
  private final SortedMap<String, Entry> champions;

  private Groundwork(BrokerProcess broker, SortedMap<String, Entry> champions) {
    this.broker = broker;
    this.champions = champions;
  }

  /**
   * Starts the broker, makes or checks the topics, and puts the shipped release of each lineage in
   * force where the lineage has none.
   *
   * @param port of the broker; 0 for any free one
   */
  public static Groundwork lay(DataDirectory directory, int port) {
    ReleaseShelf shelf = new ReleaseShelf(directory.releases());
    CompletableFuture<Void> shipped = CompletableFuture.runAsync(() -> ship(shelf));
    BrokerProcess broker =
        BrokerProcess.start(directory.broker(), port, directory.logs().resolve("broker.log"));
    try {
      BrokerLink link = new BrokerLink(broker.bootstrapServers());
      ensureTopics(link);
      shipped.join();
      return new Groundwork(broker, champions(link, shelf));
    } catch (RuntimeException e) {
      broker.close();
      throw e;
    }
  }

  public BrokerLink link() {
    return new BrokerLink(broker.bootstrapServers());
  }

  public long brokerPid() {
    return broker.pid();
  }

  /** The releases in force, by shipped lineage. */
  public SortedMap<String, Entry> champions() {
    return Collections.unmodifiableSortedMap(champions);
  }

  @Override
  public void close() {
    broker.close();
  }

  private static void ensureTopics(BrokerLink link) {
    try (Admin admin = link.admin()) {
      new TopicSetup(admin, Topics.PARTITIONS_DEFAULT).ensure();
    } catch (IllegalStateException e) {
      throw new CommandFailure(Exit.FAILED, String.valueOf(e.getMessage()), e);
    }
  }

  /** While the broker starts. One that is there is verified before it is used. */
  private static void ship(ReleaseShelf shelf) {
    for (ShippedRelease shipped : ShippedRelease.values()) {
      Path directory = shelf.directory(shipped.lineage(), shipped.id());
      if (!Files.exists(directory)) {
        Release unused = shipped.write(directory);
      }
    }
  }

  /** Side by side: most of an activation is waiting for a commit. */
  private static SortedMap<String, Entry> champions(BrokerLink link, ReleaseShelf shelf) {
    ReleaseDesk desk = new ReleaseDesk(link, shelf, Clock.systemUTC());
    Map<String, ReleaseCatalogue> known = desk.catalogues();
    Map<String, CompletableFuture<Entry>> coming = new TreeMap<>();
    for (ShippedRelease shipped : ShippedRelease.values()) {
      Optional<ReleaseCatalogue> catalogue = Optional.ofNullable(known.get(shipped.lineage()));
      coming.put(
          shipped.lineage(),
          CompletableFuture.supplyAsync(() -> champion(desk, shelf, shipped, catalogue)));
    }
    SortedMap<String, Entry> champions = new TreeMap<>();
    coming.forEach((lineage, entry) -> champions.put(lineage, joined(entry)));
    return champions;
  }

  private static Entry champion(
      ReleaseDesk desk,
      ReleaseShelf shelf,
      ShippedRelease shipped,
      Optional<ReleaseCatalogue> catalogue) {
    String lineage = shipped.lineage();
    Optional<Entry> champion = catalogue.flatMap(ReleaseCatalogue::champion);
    if (champion.isEmpty()) {
      ReleaseActivated unused = desk.activate(lineage, shipped.id());
      champion = desk.catalogue(lineage).flatMap(ReleaseCatalogue::champion);
    }
    Entry entry = champion.orElseThrow();
    Release unused = shelf.verified(lineage, entry.release(), entry.digest());
    return entry;
  }

  private static <T> T joined(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }
}
