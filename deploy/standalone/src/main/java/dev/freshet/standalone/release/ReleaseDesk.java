package dev.freshet.standalone.release;

import dev.freshet.adaptation.release.Release;
import dev.freshet.adaptation.release.ReleaseDamagedException;
import dev.freshet.adaptation.release.ReleaseManifest;
import dev.freshet.adaptation.release.ReleaseReader;
import dev.freshet.schemas.RecordCodec;
import dev.freshet.schemas.ReleaseActivated;
import dev.freshet.schemas.ReleaseCatalogue;
import dev.freshet.schemas.ReleaseCatalogue.Entry;
import dev.freshet.schemas.ReleaseCatalogue.Role;
import dev.freshet.schemas.TaskEventCodec;
import dev.freshet.schemas.Topics;
import dev.freshet.schemas.UndecodableException;
import dev.freshet.standalone.broker.BrokerLink;
import dev.freshet.standalone.console.CommandFailure;
import dev.freshet.standalone.console.Exit;
import dev.freshet.standalone.console.Patience;
import dev.freshet.standalone.log.EventWriter;
import dev.freshet.standalone.log.TopicReader;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Reads and changes the catalogue of releases. To activate one is to write its fence into every
 * partition of the log, and the catalogue that says so, in one Kafka transaction: either all of the
 * log knows, or none of it.
 *
 * <p>Two desks of one lineage never write at once: the later one fences the earlier one off by its
 * transactional id, and reads the catalogue after that.
 */
public final class ReleaseDesk {
  private static final Patience VISIBLE_PATIENCE = Patience.ofSeconds(60);

  private final BrokerLink broker;
  private final ReleaseShelf shelf;
  private final Clock clock;
  private final RecordCodec<ReleaseCatalogue> catalogues = RecordCodec.releaseCatalogues();
  private final TaskEventCodec events = new TaskEventCodec();

  public ReleaseDesk(BrokerLink broker, ReleaseShelf shelf, Clock clock) {
    this.broker = broker;
    this.shelf = shelf;
    this.clock = clock;
  }

  /** The catalogue of every lineage, by lineage. */
  public Map<String, ReleaseCatalogue> catalogues() {
    try (TopicReader reader = new TopicReader(broker)) {
      return catalogues(reader);
    }
  }

  private Map<String, ReleaseCatalogue> catalogues(TopicReader reader) {
    Map<String, ReleaseCatalogue> latest = new TreeMap<>();
    reader.readToEnd(
        reader.partitions(Topics.RELEASES),
        read -> {
          if (read.value() == null) {
            latest.remove(new String(read.key(), StandardCharsets.UTF_8));
          } else {
            ReleaseCatalogue catalogue = decoded(read.offset(), read.value());
            latest.put(catalogue.lineage(), catalogue);
          }
        });
    return latest;
  }

  public Optional<ReleaseCatalogue> catalogue(String lineage) {
    return Optional.ofNullable(catalogues().get(lineage));
  }

  /**
   * Puts a release in force, after every file of it was verified.
   *
   * @return the fence that was written
   * @throws CommandFailure if the release is damaged, or is not the one that was registered under
   *     its id; nothing is written then
   */
  public ReleaseActivated activate(String lineage, String release) {
    Release verified = shelf.verified(lineage, release);
    ReleaseCatalogue after =
        change(
            lineage,
            before -> {
              requireSameShape(before, verified);
              return activated(before, verified);
            },
            catalogue -> Optional.of(fence(catalogue, verified)));
    return fence(after, verified);
  }

  /**
   * As {@link #activate}, in place of one certain champion.
   *
   * @throws CommandFailure also if another one is in force by now; nothing is written then
   */
  public ReleaseActivated succeed(String lineage, String release, Entry champion) {
    Release verified = shelf.verified(lineage, release);
    ReleaseCatalogue after =
        change(
            lineage,
            before -> {
              requireChampion(before, champion, verified);
              requireSameShape(before, verified);
              return activated(before, verified);
            },
            catalogue -> Optional.of(fence(catalogue, verified)));
    return fence(after, verified);
  }

  private static void requireChampion(ReleaseCatalogue now, Entry expected, Release release) {
    Optional<String> digest = now.champion().map(Entry::digest);
    if (!digest.equals(Optional.of(expected.digest()))) {
      throw new CommandFailure(
          Exit.FAILED,
          String.format(
              "Release %s was judged against champion %s, but by now %s is in force: nothing was"
                  + " changed. Refresh again.",
              release, expected.release(), now.champion().map(Entry::release).orElse("none")));
    }
  }

  /**
   * Takes a release into the catalogue, as a challenger, after every file of it was verified. One
   * that is there already stays as it is.
   */
  public ReleaseCatalogue register(String lineage, String release) {
    Release verified = shelf.verified(lineage, release);
    return change(lineage, before -> registered(before, verified), after -> Optional.empty());
  }

  /**
   * Retires those releases that a test holds of; where there are none, nothing is written.
   *
   * @param which never the champion
   */
  public void retire(String lineage, Predicate<Entry> which) {
    Predicate<Entry> retiring = entry -> entry.role() != Role.CHAMPION && which.test(entry);
    if (catalogue(lineage).stream().flatMap(c -> c.releases().stream()).noneMatch(retiring)) {
      return;
    }
    ReleaseCatalogue unused =
        change(lineage, before -> retired(before, retiring), after -> Optional.empty());
  }

  private static ReleaseCatalogue retired(ReleaseCatalogue before, Predicate<Entry> retiring) {
    return new ReleaseCatalogue(
        before.lineage(),
        before.epoch(),
        before.releases().stream()
            .map(entry -> retiring.test(entry) ? entry.withRole(Role.RETIRED) : entry)
            .toList());
  }

  /**
   * Reads the catalogue, changes it and writes it, with a fence if there is one, all or nothing.
   */
  private ReleaseCatalogue change(
      String lineage,
      UnaryOperator<ReleaseCatalogue> change,
      Function<ReleaseCatalogue, Optional<ReleaseActivated>> fence) {
    try (KafkaProducer<byte[], byte[]> producer = transactional(lineage)) {
      producer.initTransactions();
      ReleaseCatalogue after =
          change.apply(
              catalogue(lineage).orElseGet(() -> new ReleaseCatalogue(lineage, 0, List.of())));
      write(producer, after, fence.apply(after));
      awaitVisible(after);
      return after;
    } catch (KafkaException e) {
      throw new CommandFailure(
          Exit.FAILED,
          String.format(
              "The releases of lineage '%s' are as they were, the change failed: %s",
              lineage, e.getMessage()),
          e);
    }
  }

  /** A transaction that is not committed is aborted when its producer closes or times out. */
  private void write(
      KafkaProducer<byte[], byte[]> producer,
      ReleaseCatalogue after,
      Optional<ReleaseActivated> fence) {
    byte[] key = after.lineage().getBytes(StandardCharsets.UTF_8);
    List<Future<RecordMetadata>> written = new ArrayList<>();
    producer.beginTransaction();
    fence.ifPresent(
        activated -> {
          byte[] bytes = events.encode(activated);
          for (PartitionInfo partition : producer.partitionsFor(Topics.TASK_EVENTS)) {
            written.add(
                producer.send(
                    new ProducerRecord<>(Topics.TASK_EVENTS, partition.partition(), key, bytes)));
          }
        });
    written.add(
        producer.send(new ProducerRecord<>(Topics.RELEASES, key, catalogues.encode(after))));
    producer.commitTransaction();
    written.forEach(EventWriter::settled);
  }

  /** A commit returns before readers of committed records see it; whoever asks next should. */
  private void awaitVisible(ReleaseCatalogue after) {
    try (TopicReader reader = new TopicReader(broker)) {
      if (!VISIBLE_PATIENCE.until(() -> after.equals(catalogues(reader).get(after.lineage())))) {
        throw new CommandFailure(
            Exit.FAILED,
            String.format(
                "The change of lineage '%s' was committed but is not visible after %d s. Look again"
                    + " with `freshet releases list`.",
                after.lineage(), VISIBLE_PATIENCE.seconds()));
      }
    }
  }

  private static ReleaseActivated fence(ReleaseCatalogue after, Release release) {
    return new ReleaseActivated(
        after.lineage(), release.manifest().release(), release.digest(), after.epoch());
  }

  private ReleaseCatalogue activated(ReleaseCatalogue before, Release release) {
    String id = release.manifest().release();
    List<Entry> entries = new ArrayList<>();
    for (Entry entry : registered(before, release).releases()) {
      if (entry.release().equals(id)) {
        entries.add(entry.withRole(Role.CHAMPION));
      } else {
        entries.add(entry.role() == Role.CHAMPION ? entry.withRole(Role.RETIRED) : entry);
      }
    }
    return new ReleaseCatalogue(before.lineage(), before.epoch() + 1, entries);
  }

  private ReleaseCatalogue registered(ReleaseCatalogue before, Release release) {
    requireSameDigest(before, release);
    if (before.find(release.manifest().release()).isPresent()) {
      return before;
    }
    List<Entry> entries = new ArrayList<>(before.releases());
    entries.add(challenger(release));
    return new ReleaseCatalogue(before.lineage(), before.epoch(), entries);
  }

  private Entry challenger(Release release) {
    return new Entry(
        release.manifest().release(),
        release.digest(),
        release.manifest().learner(),
        Role.CHALLENGER,
        release.manifest().parent(),
        clock.millis(),
        0);
  }

  private static void requireSameDigest(ReleaseCatalogue catalogue, Release release) {
    Optional<Entry> known = catalogue.find(release.manifest().release());
    if (known.isPresent() && !known.get().digest().equals(release.digest())) {
      throw new CommandFailure(
          Exit.INCOMPLETE,
          String.format(
              "Release %s/%s is refused: its digest is %s, but the catalogue registered it with %s."
                  + " A release never changes: give the new files a new id.",
              catalogue.lineage(),
              release.manifest().release(),
              release.digest(),
              known.get().digest()));
    }
  }

  /** The job would refuse the fence: live tasks hold vectors of the champion's encoder. */
  private void requireSameShape(ReleaseCatalogue catalogue, Release release) {
    Optional<ReleaseManifest> champion =
        catalogue.champion().flatMap(entry -> readable(catalogue.lineage(), entry));
    ReleaseManifest manifest = release.manifest();
    if (champion.isPresent() && !sameShape(champion.get(), manifest)) {
      throw new CommandFailure(
          Exit.FAILED,
          String.format(
              "Release %s/%s takes %d features of encoder '%s'%s, but the champion %s takes %d of"
                  + " '%s'%s, and live tasks hold such vectors. Give it a lineage of its own.",
              manifest.lineage(),
              manifest.release(),
              manifest.features(),
              manifest.encoder(),
              kind(manifest),
              champion.get().release(),
              champion.get().features(),
              champion.get().encoder(),
              kind(champion.get())));
    }
  }

  private static boolean sameShape(ReleaseManifest one, ReleaseManifest other) {
    return one.features() == other.features()
        && one.encoder().equals(other.encoder())
        && one.classifies() == other.classifies()
        && hasItems(one) == hasItems(other);
  }

  private static boolean hasItems(ReleaseManifest manifest) {
    return manifest.files().containsKey(Release.ITEMS_FILE);
  }

  private static String kind(ReleaseManifest manifest) {
    String learns = manifest.classifies() ? " and learns labels" : " and learns numbers";
    return hasItems(manifest) ? learns + " of items" : learns;
  }

  /** A champion whose files are gone cannot be compared with, and must not be in the way. */
  private Optional<ReleaseManifest> readable(String lineage, Entry champion) {
    try {
      return Optional.of(
          new ReleaseReader()
              .read(shelf.directory(lineage, champion.release()), champion.digest())
              .manifest());
    } catch (ReleaseDamagedException e) {
      return Optional.empty();
    }
  }

  private KafkaProducer<byte[], byte[]> transactional(String lineage) {
    Map<String, Object> settings = new HashMap<>(broker.client());
    settings.put("acks", "all");
    settings.put("transactional.id", "freshet-release-desk-" + lineage);
    settings.put("transaction.timeout.ms", 60_000);
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private ReleaseCatalogue decoded(long offset, byte[] bytes) {
    try {
      return catalogues.decode(bytes);
    } catch (UndecodableException e) {
      throw new CommandFailure(
          Exit.FAILED,
          String.format(
              "The catalogue cannot be read: record %d of topic '%s' is %s",
              offset, Topics.RELEASES, e.getMessage()),
          e);
    }
  }
}
