package dev.freshet.standalone.stack;

import dev.freshet.broker.TopicSetup;
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
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;

/** What any job stands on: a broker, its topics, and a verified release in force. */
public final class Groundwork implements AutoCloseable {
  private final BrokerProcess broker;
  private final Entry champion;

  private Groundwork(BrokerProcess broker, Entry champion) {
    this.broker = broker;
    this.champion = champion;
  }

  /**
   * Starts the broker, makes or checks the topics, and puts the shipped release in force where none
   * is.
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
      return new Groundwork(broker, champion(link, shelf));
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

  /** The release in force. */
  public Entry champion() {
    return champion;
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
    Path directory =
        shelf.directory(ShippedRelease.CATEGORIES.lineage(), ShippedRelease.CATEGORIES.id());
    if (!Files.exists(directory)) {
      ShippedRelease.CATEGORIES.write(directory);
    }
  }

  private static Entry champion(BrokerLink link, ReleaseShelf shelf) {
    ReleaseDesk desk = new ReleaseDesk(link, shelf, Clock.systemUTC());
    String lineage = ShippedRelease.CATEGORIES.lineage();
    Optional<Entry> champion = desk.catalogue(lineage).flatMap(ReleaseCatalogue::champion);
    if (champion.isEmpty()) {
      desk.activate(lineage, ShippedRelease.CATEGORIES.id());
      champion = desk.catalogue(lineage).flatMap(ReleaseCatalogue::champion);
    }
    Entry entry = champion.orElseThrow();
    shelf.verified(lineage, entry.release(), entry.digest());
    return entry;
  }
}
