package dev.freshet.trainer.refresh;

import dev.freshet.adaptation.learner.Learner;
import dev.freshet.adaptation.release.Release;
import dev.freshet.adaptation.release.ReleaseDraft;
import dev.freshet.adaptation.release.ReleaseWriter;
import dev.freshet.trainer.evaluation.DuelScore;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A challenger that passed its gate, as a release. Without a clock in it: the same log, champion
 * and settings give the same bytes.
 *
 * @param id of the release
 * @param champion what it was trained from
 * @param log how far the log was read, in words
 */
public record RefreshedRelease(
    String id,
    Release champion,
    String log,
    Material material,
    ClassSplit split,
    Challenger challenger,
    Gate gate,
    RefreshSettings settings) {

  /** Writes it, or finds it there already; a directory that holds anything else is left alone. */
  public Release write(Path directory) {
    return new ReleaseWriter().write(directory, draft(), learner());
  }

  private Learner learner() {
    return challenger.learner();
  }

  private ReleaseDraft draft() {
    return new ReleaseDraft(
        champion.manifest().lineage(),
        id,
        champion.manifest().encoder(),
        trainingData(),
        scores(),
        Optional.of(champion.manifest().release()),
        card());
  }

  private String trainingData() {
    return String.format(
        Locale.ROOT,
        "%s: %d tasks; %d classes trained on (%d texts), %d to choose, %d to judge by; seed %d. Before that: %s",
        log,
        material.tasks(),
        split.train().categories().size(),
        split.train().texts(),
        split.choosing().categories().size(),
        split.judging().categories().size(),
        settings.training().seed(),
        champion.manifest().release());
  }

  private Map<String, Double> scores() {
    Map<String, Double> scores = new TreeMap<>();
    add(scores, "streams", gate.streams());
    add(scores, "even", gate.even());
    gate.recurring().ifPresent(score -> add(scores, "recurring", score));
    scores.put("expectedLead", gate.expectedLead().mean());
    scores.put("expectedLeadCi95", gate.expectedLead().ci95());
    return scores;
  }

  private static void add(Map<String, Double> scores, String protocol, DuelScore score) {
    scores.put(protocol + "Accuracy", score.challenger().mean());
    scores.put(protocol + "AccuracyOfParent", score.champion().mean());
    scores.put(protocol + "Lead", score.accuracyLead().mean());
    scores.put(protocol + "LeadCi95", score.accuracyLead().ci95());
    scores.put(protocol + "LogLossLead", score.logLossLead().mean());
    scores.put(protocol + "LogLossLeadCi95", score.logLossLead().ci95());
  }

  private String card() {
    return String.format(
        Locale.ROOT,
        """
        # %s / %s

        **What it is.** The learner `%s` over the encoder `%s`, refreshed from the release %s by the
        tasks that have gone by. Share of the new classes in its whitening: %s; pull of the
        domain's metric towards the plain one: %s (0: its parent's, if any). Then %d steps of gradient;
        kept is what it was after step %d.

        **What it was trained on.** %s.

        **How good it is.** Challenger and champion answered the same tasks, made of classes of that log
        that neither training nor any choice saw ("recurring": trained classes with other texts):

        | | tasks | queries | accuracy %% | of the champion | lead, 95 %% | log loss lower by |
        |---|---|---|---|---|---|---|
        %s%s%s
        Of the log's labels, %.0f %% came again in another task. %s

        Intervals are over tasks, which share classes: they tell of other examples, less of other classes.

        **What it is not for.** Texts or vectors of another encoder; decisions about people.
        """,
        champion.manifest().lineage(),
        id,
        learner().name(),
        champion.manifest().encoder(),
        champion,
        challenger.metricShare(),
        challenger.domainPull(),
        challenger.training().steps(),
        challenger.training().best().step(),
        trainingData(),
        row("streams", gate.streams()),
        row("even", gate.even()),
        gate.recurring().map(score -> row("recurring classes", score)).orElse(""),
        100 * gate.recurrence(),
        gate.reason());
  }

  private static String row(String protocol, DuelScore score) {
    return String.format(
        Locale.ROOT,
        "| %s | %d | %d | %.2f | %.2f | %+.2f ± %.2f | %.4f ± %.4f |%n",
        protocol,
        score.tasks(),
        score.queries(),
        100 * score.challenger().mean(),
        100 * score.champion().mean(),
        100 * score.accuracyLead().mean(),
        100 * score.accuracyLead().ci95(),
        score.logLossLead().mean(),
        score.logLossLead().ci95());
  }
}
