package dev.freshet.standalone.refresh;

import dev.freshet.adaptation.release.Release;
import dev.freshet.encoders.TextEncoder;
import dev.freshet.schemas.ReleaseActivated;
import dev.freshet.schemas.ReleaseCatalogue;
import dev.freshet.schemas.ReleaseCatalogue.Entry;
import dev.freshet.standalone.broker.BrokerLink;
import dev.freshet.standalone.console.CommandFailure;
import dev.freshet.standalone.console.Exit;
import dev.freshet.standalone.refresh.Publishing.Step;
import dev.freshet.standalone.refresh.RefreshDocument.Decision;
import dev.freshet.standalone.release.ReleaseDesk;
import dev.freshet.trainer.embedding.EmbeddingStore;
import dev.freshet.trainer.history.HistoryLimits;
import dev.freshet.trainer.refresh.Refresh;
import dev.freshet.trainer.refresh.RefreshListener;
import dev.freshet.trainer.refresh.RefreshOutcome;
import dev.freshet.trainer.refresh.RefreshSettings;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Refreshes one lineage, once or again and again. Not thread-safe. */
public final class LineageRefresh implements AutoCloseable {
  private static final int ID_DIGITS = 12;

  private final String lineage;
  private final BrokerLink broker;
  private final RefreshPlace place;
  private final TextEncoder encoder;
  private final RefreshSettings settings;
  private final ReleaseDesk desk;
  private final Publishing publishing;
  private @Nullable LogFold fold;
  private @Nullable Seen last;

  /** What the last refresh of this process saw. */
  private record Seen(SortedMap<Integer, Long> log, String champion) {}

  /**
   * Prepares.
   *
   * @param place held by the caller, for longer than this
   * @param encoder of the lineage; stays open
   */
  public LineageRefresh(
      String lineage,
      BrokerLink broker,
      RefreshPlace place,
      TextEncoder encoder,
      RefreshSettings settings) {
    this(lineage, broker, place, encoder, settings, step -> {});
  }

  LineageRefresh(
      String lineage,
      BrokerLink broker,
      RefreshPlace place,
      TextEncoder encoder,
      RefreshSettings settings,
      Consumer<Step> reached) {
    this.lineage = lineage;
    this.broker = broker;
    this.place = place;
    this.encoder = encoder;
    this.settings = settings;
    this.desk = new ReleaseDesk(broker, place.shelf(), Clock.systemUTC());
    this.publishing = new Publishing(lineage, place.shelf(), desk, reached);
  }

  /**
   * Refreshes once.
   *
   * @throws CommandFailure if there is no champion, or it is damaged or of another encoder
   */
  public RefreshDocument once(RefreshListener listener) {
    Phases phases = new Phases();
    place.requireBroker(broker);
    ReleaseCatalogue catalogue = catalogue();
    Entry entry = catalogue.champion().orElseThrow(this::noChampion);
    Release champion = place.shelf().verified(lineage, entry.release(), entry.digest());
    requireLabels(champion);
    requireEncoder(champion);
    publishing.tidy(catalogue);
    LogFold read = fold(champion);
    listener.at("reading the log", 0, 1);
    read.readOn();
    listener.at("reading the log", 1, 1);
    phases.end("read");
    DocumentDraft draft = new DocumentDraft(lineage, champion, read, phases);
    Seen seen = new Seen(read.positions(), entry.digest());
    if (seen.equals(last)) {
      return draft.unchanged();
    }
    RefreshOutcome outcome = judged(champion, catalogue.epoch() + 1, read, listener);
    phases.end("train");
    RefreshDocument document = concluded(outcome, entry, draft, phases);
    last = seen;
    return document;
  }

  private RefreshDocument concluded(
      RefreshOutcome outcome, Entry champion, DocumentDraft draft, Phases phases) {
    if (outcome instanceof RefreshOutcome.Judged judged && judged.release().isPresent()) {
      ReleaseActivated fence = publishing.publish(judged.release().get(), champion);
      phases.end("publish");
      return draft.of(outcome, Decision.ACTIVATED, Optional.of(fence));
    }
    boolean enough = outcome instanceof RefreshOutcome.Judged;
    return draft.of(outcome, enough ? Decision.KEPT : Decision.NOT_ENOUGH, Optional.empty());
  }

  private RefreshOutcome judged(
      Release champion, long epoch, LogFold read, RefreshListener listener) {
    String log = "Log of %s up to %s".formatted(lineage, words(read.positions()));
    Refresh.Request request =
        new Refresh.Request(champion, read.history().tasks(), log, id(champion, epoch, log));
    try (EmbeddingStore store = EmbeddingStore.open(place.embeddings(), encoder)) {
      return new Refresh(settings).run(request, store, listener);
    }
  }

  /** Of all that decides what comes out, so that no two releases ever share it. */
  private String id(Release champion, long epoch, String log) {
    String made = String.join("\n", champion.digest(), log, settings.toString());
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(made.getBytes(StandardCharsets.UTF_8));
      return "refresh-" + epoch + "-" + HexFormat.of().formatHex(digest).substring(0, ID_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform must offer SHA-256.", e);
    }
  }

  private static String words(SortedMap<Integer, Long> positions) {
    List<String> each =
        positions.entrySet().stream().map(e -> e.getKey() + ":" + e.getValue()).toList();
    return String.join(", ", each);
  }

  private LogFold fold(Release champion) {
    if (fold == null) {
      fold = new LogFold(broker, champion, HistoryLimits.DEFAULT);
    }
    return Objects.requireNonNull(fold);
  }

  private ReleaseCatalogue catalogue() {
    return desk.catalogue(lineage).orElseThrow(this::noChampion);
  }

  private CommandFailure noChampion() {
    return new CommandFailure(
        Exit.FAILED,
        String.format(
            "Lineage '%s' has no release in force to begin from. Activate one with `freshet releases"
                + " activate`.",
            lineage));
  }

  private void requireLabels(Release champion) {
    if (champion.items().isPresent() || !champion.manifest().classifies()) {
      throw new CommandFailure(
          Exit.FAILED,
          String.format(
              "Lineage '%s' learns numbers of items, and a refresh learns from labels: nothing was"
                  + " changed. Train a release from ratings with `freshet train --lineage %s"
                  + " --ratings FILE --cut-time T --out DIR`.",
              lineage, lineage));
    }
  }

  private void requireEncoder(Release champion) {
    if (!champion.manifest().encoder().equals(encoder.id())) {
      throw new CommandFailure(
          Exit.FAILED,
          String.format(
              "The champion %s was made for the encoder '%s', this trainer has '%s'.",
              champion, champion.manifest().encoder(), encoder.id()));
    }
  }

  @Override
  public void close() {
    if (fold != null) {
      fold.close();
    }
  }
}
