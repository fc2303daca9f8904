package dev.freshet.job.testing;

import dev.freshet.adaptation.release.Release;
import dev.freshet.job.log.LoggedEvent;
import dev.freshet.schemas.ExampleAdded;
import dev.freshet.schemas.Features;
import dev.freshet.schemas.Label;
import dev.freshet.schemas.QueryAsked;
import dev.freshet.schemas.RejectionReason;
import dev.freshet.schemas.ReleaseActivated;
import dev.freshet.schemas.SupportPolicy;
import dev.freshet.schemas.Target;
import dev.freshet.schemas.TaskEvent;
import dev.freshet.schemas.TaskEventCodec;
import dev.freshet.schemas.TaskKey;
import dev.freshet.schemas.TaskOpened;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A log in which events that some step must refuse stand among good ones. */
public final class OddLog {
  private static final int ROUNDS = 10;
  private static final int LABELS_MAX = 2;
  private static final String LINEAGE = TestReleases.LINEAGE;
  private static final String UNKNOWN = "unheard-of";
  private static final TaskEventCodec CODEC = new TaskEventCodec();
  private static final Features WORDS = new Features.TextFeatures("a red car");

  private final int partitions;
  private final LogBuilder log;
  private final List<Refused> refused = new ArrayList<>();

  /** An event as it was sent, and why it is refused. */
  public record Refused(LoggedEvent event, RejectionReason reason) {}

  public OddLog(int partitions, Release release) {
    this.partitions = partitions;
    this.log = new LogBuilder(partitions).fence(TestReleases.fence(release, 1));
    for (int round = 0; round < ROUNDS; round++) {
      good(round);
      refusedWhenStamped(round);
      good(round);
      refuse(RejectionReason.EMPTY_TEXT, asked("toys", "no token " + round, words("!?")));
      refuse(RejectionReason.TOO_MANY_LABELS, example("toys", "too many " + round, "third"));
    }
    good(ROUNDS);
  }

  /** Good and refused ones, in order. */
  public List<LoggedEvent> events() {
    return log.log();
  }

  public List<Refused> refused() {
    return List.copyOf(refused);
  }

  /** How many are refused for this. */
  public long refused(RejectionReason reason) {
    return refused.stream().filter(r -> r.reason() == reason).count();
  }

  /** Whether a text names the lineage that no release serves. */
  public static boolean isUnknown(String text) {
    return text.contains(UNKNOWN);
  }

  private void good(int round) {
    for (String task : List.of("toys", "books", "tools")) {
      SupportPolicy two = SupportPolicy.DEFAULT.withLabelsMax(LABELS_MAX);
      List<Label> labels =
          List.of(new Label("first", "first of " + task), new Label("second", "second"));
      log.add(
          new TaskOpened(LINEAGE, task, labels, Optional.of(two), Optional.empty()),
          example(task, "example " + round, round % 2 == 0 ? "first" : "second"),
          asked(task, "query " + round, WORDS),
          asked(task, "same support " + round, words("a blue house")));
    }
  }

  private void refusedWhenStamped(int round) {
    byte[] toys = new TaskKey(LINEAGE, "toys").bytes();
    TaskEvent.OfTask query = asked("toys", "refused " + round, WORDS);
    byte[] bytes = CODEC.encode(query);
    refuse(RejectionReason.UNDECODABLE, toys, Arrays.copyOf(bytes, bytes.length - 1));
    refuse(RejectionReason.UNDECODABLE, null, ("hello " + round).getBytes(StandardCharsets.UTF_8));
    refuse(RejectionReason.UNDECODABLE, toys, null);
    refuse(RejectionReason.FOREIGN_KEY, new TaskKey(LINEAGE, "books").bytes(), bytes);
    refuse(
        RejectionReason.WRONG_DIMENSION,
        asked("toys", "short " + round, new Features.VectorFeatures(new float[] {round})));
    refuse(RejectionReason.UNKNOWN_LINEAGE, new QueryAsked(UNKNOWN, "toys", "q" + round, WORDS));
    refuse(
        RejectionReason.RELEASE_REFUSED,
        LINEAGE.getBytes(StandardCharsets.UTF_8),
        CODEC.encode(new ReleaseActivated(LINEAGE, "nowhere", "0".repeat(64), 1_000 + round)));
  }

  private void refuse(RejectionReason reason, TaskEvent.OfTask event) {
    refuse(reason, new TaskKey(event.lineage(), event.task()).bytes(), CODEC.encode(event));
  }

  private void refuse(RejectionReason reason, byte @Nullable [] key, byte @Nullable [] value) {
    log.append(key == null ? 0 : TaskKey.partitionOf(key, partitions), key, value);
    List<LoggedEvent> written = log.log();
    refused.add(new Refused(written.get(written.size() - 1), reason));
  }

  private static QueryAsked asked(String task, String query, Features features) {
    return new QueryAsked(LINEAGE, task, query, features);
  }

  private static ExampleAdded example(String task, String id, String label) {
    return new ExampleAdded(LINEAGE, task, id, words(id), new Target.LabelTarget(label));
  }

  private static Features words(String text) {
    return new Features.TextFeatures(text);
  }
}
