package dev.freshet.job.stamp;

import dev.freshet.adaptation.items.ItemScale;
import dev.freshet.adaptation.items.ItemTable;
import dev.freshet.adaptation.learner.GraphContract;
import dev.freshet.adaptation.release.Release;
import dev.freshet.adaptation.release.ReleaseManifest;
import dev.freshet.job.encode.EncoderFactory;
import dev.freshet.schemas.Candidate;
import dev.freshet.schemas.ExampleAdded;
import dev.freshet.schemas.Exploration;
import dev.freshet.schemas.Exploration.Policy;
import dev.freshet.schemas.Features;
import dev.freshet.schemas.ItemDescribed;
import dev.freshet.schemas.ItemsChanged;
import dev.freshet.schemas.OutcomeObserved;
import dev.freshet.schemas.Prediction;
import dev.freshet.schemas.QueryAsked;
import dev.freshet.schemas.RejectionReason;
import dev.freshet.schemas.SupportPolicy;
import dev.freshet.schemas.Target;
import dev.freshet.schemas.TaskEvent;
import dev.freshet.schemas.TaskOpened;
import java.util.Optional;
import java.util.OptionalInt;

/** Whether a release can make anything of an event: judged before it touches a task. */
final class EventCheck {
  /** The runtime refuses larger ones: their squares would overflow. */
  static final float MAGNITUDE_MAX = 0x1p50f;

  /** Items of one question: what one answer can hold. */
  static final int ITEMS_MAX = 1_000;

  /** Items to draw from a posterior: each is drawn a thousand times. */
  static final int DRAWN_ITEMS_MAX = 200;

  private static final long CLOCK_SKEW_MILLIS_MAX = 60_000;

  private final Release release;
  private final ReleaseManifest manifest;
  private final EncoderFactory encoder;

  /**
   * Judges by one release.
   *
   * @param encoder that this job runs
   */
  EventCheck(Release release, EncoderFactory encoder) {
    this.release = release;
    this.manifest = release.manifest();
    this.encoder = encoder;
  }

  /**
   * Whether tasks can go on under this release from what they hold under another: vectors of the
   * same encoder and length, targets of the same kind.
   *
   * @throws Rejection if not
   */
  void succeeds(EventCheck before) throws Rejection {
    ReleaseManifest old = before.manifest;
    require(
        manifest.features() == old.features()
            && manifest.encoder().equals(old.encoder())
            && manifest.classifies() == old.classifies()
            && release.items().isPresent() == before.release.items().isPresent(),
        RejectionReason.RELEASE_REFUSED,
        "release %s cannot take over the tasks of release %s: expected %d features of encoder '%s'"
            + " and heads like %s, got %d of '%s' and %s. Another encoder or kind of target means"
            + " another lineage. Serving on: %s.",
        manifest.release(),
        old.release(),
        old.features(),
        old.encoder(),
        old.heads(),
        manifest.features(),
        manifest.encoder(),
        manifest.heads(),
        old.release());
  }

  /**
   * Whether texts become vectors that the release takes.
   *
   * @throws Rejection if it names this job's encoder and expects vectors of another length
   */
  void fitsEncoder() throws Rejection {
    require(
        !manifest.encoder().equals(encoder.id()) || manifest.features() == encoder.dimension(),
        RejectionReason.RELEASE_REFUSED,
        "release %s expects %d features of encoder '%s', which makes %d",
        manifest.release(),
        manifest.features(),
        manifest.encoder(),
        encoder.dimension());
  }

  /** Passes or throws; the words are for whoever sent the event. */
  void check(TaskEvent.OfTask event) throws Rejection {
    if (event instanceof ExampleAdded example) {
      features(example.features());
      target(example.target());
    } else if (event instanceof QueryAsked query) {
      query(query);
    } else if (event instanceof OutcomeObserved outcome) {
      target(outcome.target());
    } else if (event instanceof TaskOpened opened) {
      opened(opened);
    }
  }

  private void opened(TaskOpened event) throws Rejection {
    require(
        release.items().isPresent() || (event.parent().isEmpty() && !event.segment()),
        RejectionReason.UNSUPPORTED_FEATURES,
        "release %s starts no task from a parent; leave 'parent' and 'segment' out",
        manifest.release());
    require(
        event.labels().isEmpty() || manifest.classifies(),
        RejectionReason.UNSUPPORTED_TARGET,
        "release %s has no labels: its heads are %s",
        manifest.release(),
        manifest.heads());
    // Judged again by the policy of the task; here, before anybody encodes a hundred thousand.
    require(
        event.labels().size() <= SupportPolicy.LABELS_MAX,
        RejectionReason.TOO_MANY_LABELS,
        "the event names %d labels, no policy allows more than %d",
        event.labels().size(),
        SupportPolicy.LABELS_MAX);
    if (!event.labels().isEmpty()) {
      requireEncoder("the names of labels");
    }
  }

  private void query(QueryAsked query) throws Rejection {
    require(
        release.items().isPresent()
            || (query.candidates().isEmpty() && query.exploration().isEmpty()),
        RejectionReason.UNSUPPORTED_FEATURES,
        "release %s ranks no candidates: its heads are %s",
        manifest.release(),
        manifest.heads());
    if (query.ranks()) {
      ranking(query);
    } else {
      require(
          query.candidates().isEmpty() && query.exploration().isEmpty(),
          RejectionReason.UNSUPPORTED_FEATURES,
          "a query asks about its features or about candidates, not both; got features and %d"
              + " candidates or an exploration",
          query.candidates().size());
      features(query.features().orElseThrow());
    }
    for (String head : query.heads()) {
      boolean known =
          manifest.head(head).isPresent()
              || head.equals(Prediction.UNADAPTED)
              || (head.equals(Prediction.PROTOTYPE) && manifest.classifies());
      require(
          known,
          RejectionReason.UNKNOWN_HEAD,
          "release %s has no head '%s', expected one of %s, or '%s' or '%s'",
          manifest.release(),
          head,
          manifest.heads().stream().map(h -> h.name()).toList(),
          Prediction.UNADAPTED,
          Prediction.PROTOTYPE);
    }
  }

  private void ranking(QueryAsked query) throws Rejection {
    require(
        release.items().isPresent(),
        RejectionReason.UNSUPPORTED_FEATURES,
        "a query of lineage '%s' needs features: a text or a vector; release %s ranks no items",
        manifest.lineage(),
        manifest.release());
    int asked = query.candidates().isEmpty() ? query.topK().orElse(0) : query.candidates().size();
    require(
        asked >= 1 && asked <= ITEMS_MAX,
        RejectionReason.TOO_MANY_ITEMS,
        "a query without features ranks its candidates or, by topK, the catalogue: expected 1 to"
            + " %d candidates or a topK of at most as much, got %d",
        ITEMS_MAX,
        asked);
    for (Candidate candidate : query.candidates()) {
      if (candidate.features().isPresent()) {
        require(
            !(candidate.features().get() instanceof Features.TextFeatures),
            RejectionReason.UNSUPPORTED_FEATURES,
            "candidate '%s' has a text; candidates are items, or vectors of %d numbers",
            candidate.item(),
            manifest.features());
        features(candidate.features().get());
      }
    }
    if (query.exploration().map(Exploration::policy).equals(Optional.of(Policy.THOMPSON))) {
      String head = QueryHeads.of(query, manifest).get(0);
      require(
          asked <= DRAWN_ITEMS_MAX,
          RejectionReason.TOO_MANY_ITEMS,
          "THOMPSON draws from at most %d items, got %d",
          DRAWN_ITEMS_MAX,
          asked);
      require(
          release.predictSignature().outputs().containsKey(GraphContract.spread(head)),
          RejectionReason.UNSUPPORTED_FEATURES,
          "head '%s' of release %s has no posterior to draw from; ask a head that has one, or"
              + " explore by EPSILON",
          head,
          manifest.release());
    }
  }

  /**
   * Whether a version of the item table may take effect. One from the future would keep out all
   * that come after it.
   *
   * @param appendedMillis when the broker appended it
   */
  void changes(ItemsChanged event, long appendedMillis) throws Rejection {
    require(
        release.items().isPresent(),
        RejectionReason.UNSUPPORTED_FEATURES,
        "release %s of lineage '%s' has no item table",
        manifest.release(),
        manifest.lineage());
    long latestMillis = appendedMillis + CLOCK_SKEW_MILLIS_MAX;
    require(
        event.version() <= latestMillis && event.asOfSeconds() <= latestMillis / 1000,
        RejectionReason.INVALID_EVENT,
        "version %d of the item table stands for second %d, expected at most a minute after %d ms,"
            + " when it was appended. Is the clock of the job's machine right?",
        event.version(),
        event.asOfSeconds(),
        appendedMillis);
  }

  /** Whether the release can make anything of what is said of an item. */
  void describes(ItemDescribed event) throws Rejection {
    require(
        release.items().isPresent(),
        RejectionReason.UNSUPPORTED_FEATURES,
        "item '%s': release %s of lineage '%s' has no item table",
        event.item(),
        manifest.release(),
        manifest.lineage());
  }

  private void features(Features features) throws Rejection {
    if (features instanceof Features.TextFeatures text) {
      require(!text.text().isBlank(), RejectionReason.EMPTY_TEXT, "the text is empty");
      requireEncoder("a text");
    } else if (features instanceof Features.VectorFeatures vector) {
      vector(vector);
    } else {
      require(
          release.items().isPresent(),
          RejectionReason.UNSUPPORTED_FEATURES,
          "release %s knows no items; send a text or a vector",
          manifest.release());
    }
  }

  private void requireEncoder(String what) throws Rejection {
    require(
        manifest.encoder().equals(encoder.id()),
        RejectionReason.UNSUPPORTED_FEATURES,
        "%s needs encoder '%s' of lineage '%s', this job runs '%s'; send vectors",
        what,
        manifest.encoder(),
        manifest.lineage(),
        encoder.id());
  }

  private void vector(Features.VectorFeatures features) throws Rejection {
    require(
        features.dimension() == manifest.features(),
        RejectionReason.WRONG_DIMENSION,
        "the vector has dimension %d, expected %d for lineage '%s'",
        features.dimension(),
        manifest.features(),
        manifest.lineage());
    require(
        features.encoder().isEmpty() || features.encoder().get().equals(manifest.encoder()),
        RejectionReason.WRONG_ENCODER,
        "the vector was made by encoder '%s', expected '%s' for lineage '%s'",
        features.encoder().orElse(""),
        manifest.encoder(),
        manifest.lineage());
    OptionalInt bad = features.firstBeyond(MAGNITUDE_MAX);
    require(
        bad.isEmpty(),
        RejectionReason.NON_FINITE,
        "component %d of the vector is NaN, infinite, or larger than %s",
        bad.orElse(0),
        MAGNITUDE_MAX);
  }

  private void target(Target target) throws Rejection {
    if (manifest.classifies()) {
      require(
          target instanceof Target.LabelTarget,
          RejectionReason.UNSUPPORTED_TARGET,
          "lineage '%s' learns labels, got %s",
          manifest.lineage(),
          target);
      return;
    }
    require(
        target instanceof Target.NumberTarget,
        RejectionReason.UNSUPPORTED_TARGET,
        "lineage '%s' learns numbers, got %s",
        manifest.lineage(),
        target);
    require(
        Float.isFinite((float) ((Target.NumberTarget) target).value()),
        RejectionReason.NON_FINITE,
        "the number is NaN, infinite, or too large for float32: %s",
        target);
    Optional<ItemScale> scale = release.items().map(ItemTable::scale);
    if (scale.isPresent()) {
      double value = ((Target.NumberTarget) target).value();
      require(
          value >= scale.get().valueMin() && value <= scale.get().valueMax(),
          RejectionReason.OUT_OF_SCALE,
          "the number is %s, release %s was trained on %s to %s",
          value,
          manifest.release(),
          scale.get().valueMin(),
          scale.get().valueMax());
    }
  }

  private static void require(boolean holds, RejectionReason reason, String message, Object... args)
      throws Rejection {
    if (!holds) {
      throw new Rejection(reason, String.format(message, args));
    }
  }

  /** An event that will not be taken. */
  static final class Rejection extends Exception {
    private static final long serialVersionUID = 1L;
    private final RejectionReason reason;

    Rejection(RejectionReason reason, String message) {
      // No stack trace: this is an answer to a sender, not a fault of the job.
      super(message, null, false, false);
      this.reason = reason;
    }

    RejectionReason reason() {
      return reason;
    }

    String words() {
      return String.valueOf(getMessage());
    }
  }
}
