package dev.freshet.trainer.evaluation;

import dev.freshet.adaptation.learner.EnsembleLearner;
import dev.freshet.adaptation.learner.Head;
import dev.freshet.adaptation.learner.LdaLearner;
import dev.freshet.adaptation.learner.Learner;
import dev.freshet.adaptation.learner.Learners;
import dev.freshet.adaptation.learner.TrainedLearner;
import dev.freshet.adaptation.release.Release;
import dev.freshet.adaptation.release.ReleaseDraft;
import dev.freshet.adaptation.release.ReleaseManifest;
import dev.freshet.adaptation.release.ReleaseWriter;
import dev.freshet.adaptation.tensor.Tensor;
import dev.freshet.trainer.training.Beginning;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Who can be judged beside a release, by name. {@code default} is the release itself and leads
 * every table; {@code member-lda} is the LDA of a release that is an ensemble, out of its tensors;
 * {@code lda} is that learner untrained, at its default settings, and so for each of {@link
 * Learners}, of which {@code prototype} is called {@value #PROTOTYPE} here, because the yardstick
 * has that name. Networks get one hidden layer of {@value #HIDDEN}.
 */
public final class Lineup {
  /** Stands for everybody. */
  public static final String ALL = "all";

  /** The learner with the name of a yardstick. */
  public static final String PROTOTYPE = "prototype-learner";

  private static final String MEMBER = "member-";
  private static final int HIDDEN = 64;
  private static final Set<Learners> NETWORKS =
      EnumSet.of(Learners.MAML, Learners.FIRST_ORDER_MAML, Learners.REPTILE, Learners.META_SGD);

  private final Release release;
  private final Map<String, Learner> untrained = new LinkedHashMap<>();
  private final Map<String, Learner> members = new LinkedHashMap<>();
  private final Set<String> chosen;

  private Lineup(Release release, List<String> asked) {
    this.release = release;
    findMembers();
    for (Learners learner : Learners.values()) {
      findUntrained(learner);
    }
    this.chosen = chosen(asked);
  }

  /**
   * Looks names up.
   *
   * @param asked {@value #ALL}, or names; {@code default} and the yardsticks may be among them or
   *     not, they are in every table
   * @throws IllegalArgumentException if there is no such learner; says which there are
   */
  public static Lineup of(Release release, List<String> asked) {
    return new Lineup(release, asked);
  }

  /** The one that is called {@code default}. */
  public Release release() {
    return release;
  }

  /** Whether one of the chosen has a metric that base classes must be known for. */
  public boolean needsBaseClasses() {
    return chosen.stream()
        .map(untrained::get)
        .anyMatch(learner -> learner != null && Beginning.hasMetric(learner));
  }

  /**
   * The chosen as releases.
   *
   * @param baseClasses vectors by class that metrics are fitted to; may be empty where none is
   *     needed
   */
  public List<Entrant> entrants(List<List<float[]>> baseClasses) {
    List<Entrant> entrants = new ArrayList<>();
    entrants.add(new Entrant(Entrant.DEFAULT, release));
    for (String name : chosen) {
      Learner member = members.get(name);
      Learner learner = untrained.get(name);
      if (member != null) {
        entrants.add(new Entrant(name, assembled(name, member)));
      } else if (learner != null) {
        entrants.add(
            new Entrant(name, assembled(name, Beginning.withMetrics(learner, baseClasses))));
      }
    }
    return entrants;
  }

  private Set<String> chosen(List<String> asked) {
    Set<String> known = new LinkedHashSet<>(members.keySet());
    known.addAll(untrained.keySet());
    Set<String> found = new LinkedHashSet<>();
    for (String name : asked) {
      if (name.equals(ALL)) {
        found.addAll(known);
      } else if (known.contains(name)) {
        found.add(name);
      } else if (!name.equals(Entrant.DEFAULT) && !Yardstick.isNameOfOne(name)) {
        throw new IllegalArgumentException(
            "No learner '%s', expected %s, %s, a yardstick (they are always shown) or some of %s."
                .formatted(name, ALL, Entrant.DEFAULT, known));
      }
    }
    return found;
  }

  private void findUntrained(Learners id) {
    int features = release.manifest().features();
    Map<String, Double> settings = new TreeMap<>();
    if (NETWORKS.contains(id)) {
      settings.put("hidden1", (double) HIDDEN);
    } else if (id == Learners.LDA) {
      settings.put(
          LdaLearner.RANK.name(), Math.min(LdaLearner.RANK.defaultValue(), (double) features));
    }
    Learner learner = Learners.restore(id.id(), features, settings);
    if (learner.heads().get(0).kind() == Head.Kind.CLASSIFICATION) {
      untrained.put(id == Learners.PROTOTYPE ? PROTOTYPE : id.id(), learner);
    }
  }

  /** Settings and tensors of an ensemble's members have their member's name before theirs. */
  private void findMembers() {
    ReleaseManifest manifest = release.manifest();
    if (!manifest.learner().equals(Beginning.ENSEMBLE)) {
      return;
    }
    Map<String, Map<String, Double>> settings = new TreeMap<>();
    manifest
        .settings()
        .forEach(
            (name, value) -> {
              int dot = name.indexOf('.');
              if (dot > 0) {
                settings
                    .computeIfAbsent(name.substring(0, dot), unused -> new TreeMap<>())
                    .put(name.substring(dot + 1), value);
              }
            });
    settings.forEach(
        (member, own) -> {
          Learner learner = Learners.restore(member, manifest.features(), own);
          members.put(MEMBER + member, new TrainedLearner(learner, tensors(learner)));
        });
  }

  private Map<String, Tensor> tensors(Learner learner) {
    Map<String, Tensor> own = new TreeMap<>();
    Map<String, Tensor> all = Beginning.of(release).initialization();
    for (String name : learner.initialization().keySet()) {
      Tensor tensor = all.get(EnsembleLearner.nameOf(learner, name));
      if (tensor != null) {
        own.put(name, tensor);
      }
    }
    return own;
  }

  private Release assembled(String name, Learner learner) {
    ReleaseManifest manifest = release.manifest();
    return new ReleaseWriter()
        .assemble(
            new ReleaseDraft(
                manifest.lineage(),
                manifest.release() + "." + name,
                manifest.encoder(),
                "For comparison with " + manifest.release() + ".",
                Map.of(),
                Optional.of(manifest.release()),
                "# "
                    + name
                    + "\n\nFor comparison with "
                    + manifest.release()
                    + "; not to serve.\n"),
            learner);
  }
}
