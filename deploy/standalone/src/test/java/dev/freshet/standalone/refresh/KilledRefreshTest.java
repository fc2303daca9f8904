package dev.freshet.standalone.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.broker.EmbeddedBroker;
import dev.freshet.broker.TopicSetup;
import dev.freshet.schemas.ReleaseCatalogue;
import dev.freshet.schemas.ReleaseCatalogue.Role;
import dev.freshet.standalone.broker.BrokerLink;
import dev.freshet.standalone.release.ReleaseDesk;
import dev.freshet.standalone.release.ReleaseShelf;
import dev.freshet.trainer.refresh.RefreshListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A refresh in a process of its own, killed at random points of publishing. */
@Tag("slow")
class KilledRefreshTest {
  private static final String LINEAGE = "killed";
  private static final String CHAMPION = "plain-1";
  private static final int KILLS = 8;
  private static final int MILLIS_MAX = 1_200;

  @TempDir private Path directory;

  /** What the child runs: a refresh that says when publishing begins. */
  static final class Child {
    private Child() {}

    public static void main(String[] arguments) {
      BrokerLink broker = new BrokerLink(arguments[0]);
      try (RefreshPlace place = RefreshPlace.take(Path.of(arguments[1]), LINEAGE);
          LineageRefresh refresh =
              new LineageRefresh(
                  LINEAGE,
                  broker,
                  place,
                  new DomainEncoder(),
                  DomainLog.SETTINGS,
                  step -> {
                    System.out.println("STEP " + step);
                    System.out.flush();
                  })) {
        RefreshDocument unused = refresh.once(RefreshListener.SILENT);
      }
      System.exit(0);
    }
  }

  @Test
  @Timeout(value = 8, unit = TimeUnit.MINUTES)
  void killedAnywhereNoHalfReleaseIsLeftAndTheNextRefreshStartsClean() throws Exception {
    Path data = directory.resolve("data");
    ReleaseShelf shelf = new ReleaseShelf(data.resolve("releases"));
    Random random = new Random(11);
    try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("broker"), 0)) {
      BrokerLink link = new BrokerLink(broker.bootstrapServers());
      try (Admin admin = link.admin()) {
        new TopicSetup(admin, 4).ensure();
      }
      DomainLog.writeChampion(shelf, LINEAGE, CHAMPION);
      ReleaseDesk desk = new ReleaseDesk(link, shelf, Clock.systemUTC());
      desk.activate(LINEAGE, CHAMPION);
      DomainLog.append(link, LINEAGE);
      for (int kill = 0; kill < KILLS; kill++) {
        Process child = child(link, data);
        awaitPublishing(child);
        Thread.sleep(random.nextInt(MILLIS_MAX));
        child.destroyForcibly().waitFor();
        requireWhole(desk, shelf);
      }
      Process last = child(link, data);
      assertThat(last.waitFor(2, TimeUnit.MINUTES)).isTrue();
      assertThat(last.exitValue()).isZero();
      requireWhole(desk, shelf);
      ReleaseCatalogue catalogue = desk.catalogue(LINEAGE).orElseThrow();
      assertThat(catalogue.champion().orElseThrow().release()).startsWith("refresh-");
      assertThat(catalogue.releases()).noneMatch(entry -> entry.role() == Role.CHALLENGER);
      List<String> known = catalogue.releases().stream().map(e -> e.release()).toList();
      assertThat(directories(shelf)).allMatch(known::contains);
    }
  }

  /** Whatever has a release's name is one, and what the catalogue says is there. */
  private static void requireWhole(ReleaseDesk desk, ReleaseShelf shelf) throws IOException {
    ReleaseCatalogue catalogue = desk.catalogue(LINEAGE).orElseThrow();
    assertThat(catalogue.champion()).isPresent();
    catalogue.releases().forEach(e -> shelf.verified(LINEAGE, e.release(), e.digest()));
    for (String name : directories(shelf)) {
      if (!name.startsWith(".")) {
        shelf.verified(LINEAGE, name);
      }
    }
  }

  private static List<String> directories(ReleaseShelf shelf) throws IOException {
    try (Stream<Path> all = Files.list(shelf.root().resolve(LINEAGE))) {
      return all.map(path -> path.getFileName().toString()).toList();
    }
  }

  /** Or the end, where nothing is to be published any more. */
  private static void awaitPublishing(Process child) throws IOException {
    String said = "";
    int next = 0;
    while (next >= 0 && !said.endsWith("STEP BEGUN")) {
      next = child.getInputStream().read();
      said += next >= 0 ? String.valueOf((char) next) : "";
    }
  }

  private Process child(BrokerLink broker, Path data) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Child.class.getName(),
            broker.bootstrapServers(),
            data.toString())
        .redirectError(ProcessBuilder.Redirect.appendTo(directory.resolve("child.err").toFile()))
        .start();
  }
}
