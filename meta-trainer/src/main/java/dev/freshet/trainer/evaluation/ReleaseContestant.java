package dev.freshet.trainer.evaluation;

import dev.freshet.adaptation.release.Release;
import dev.freshet.adaptation.runtime.AdaptedTask;
import dev.freshet.adaptation.runtime.Adapter;
import dev.freshet.adaptation.runtime.Device;
import dev.freshet.adaptation.runtime.LoadedRelease;
import dev.freshet.adaptation.runtime.PredictQuery;
import dev.freshet.adaptation.runtime.ReleaseLoader;
import dev.freshet.adaptation.runtime.SupportSet;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A release, through the same runtime as in the job. */
final class ReleaseContestant implements Contestant {
  private final String name;
  private final LoadedRelease release;
  private final UnaryOperator<SupportSet> view;
  private final Adapter adapter = new Adapter();

  private ReleaseContestant(String name, Release release, UnaryOperator<SupportSet> view) {
    this.name = name;
    this.release = new ReleaseLoader(Device.CPU).load(release);
    this.view = view;
  }

  static ReleaseContestant adapted(String name, Release release) {
    return new ReleaseContestant(name, release, UnaryOperator.identity());
  }

  /** From the label names alone. */
  static ReleaseContestant unadapted(String name, Release release) {
    return new ReleaseContestant(name, release, SupportSet::namesOnly);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Answers answer(List<Trial> trials) {
    List<SupportSet> supports =
        trials.stream().map(trial -> view.apply(trial.support().set(release.features()))).toList();
    long start = System.nanoTime();
    List<AdaptedTask> tasks = adapter.adapt(release, supports);
    long adaptNanos = System.nanoTime() - start;
    return new Answers(split(trials, adapter.predict(release, queries(trials, tasks))), adaptNanos);
  }

  private List<PredictQuery> queries(List<Trial> trials, List<AdaptedTask> tasks) {
    String head = release.manifest().defaultHeads().get(0);
    List<PredictQuery> queries = new ArrayList<>();
    for (int i = 0; i < trials.size(); i++) {
      for (Trial.Question question : trials.get(i).questions()) {
        queries.add(new PredictQuery(tasks.get(i), head, question.vector().values()));
      }
    }
    return queries;
  }

  private static List<List<double[]>> split(List<Trial> trials, List<float[]> scores) {
    List<List<double[]>> split = new ArrayList<>();
    int next = 0;
    for (Trial trial : trials) {
      List<double[]> ofTrial = new ArrayList<>();
      for (int i = 0; i < trial.questions().size(); i++) {
        ofTrial.add(widened(scores.get(next++)));
      }
      split.add(ofTrial);
    }
    return split;
  }

  private static double[] widened(float[] scores) {
    double[] widened = new double[scores.length];
    for (int i = 0; i < scores.length; i++) {
      widened[i] = scores[i];
    }
    return widened;
  }

  @Override
  public void close() {
    adapter.close();
    release.close();
  }
}
