package dev.freshet.adaptation.learner.scoring;

import dev.freshet.adaptation.graph.Dim;
import dev.freshet.adaptation.graph.GraphBuilder;
import dev.freshet.adaptation.graph.Node;
import dev.freshet.adaptation.items.ItemLayout;
import dev.freshet.adaptation.learner.GraphContract;
import dev.freshet.adaptation.learner.Head;
import dev.freshet.adaptation.learner.Learner;
import dev.freshet.adaptation.learner.Setting;
import dev.freshet.adaptation.learner.Settings;
import java.util.List;

/** What learners with one head over item rows have in common. */
abstract class ItemLearner implements Learner {
  private final String name;
  private final ItemLayout layout;
  private final Settings settings;
  private final Head head;

  ItemLearner(String name, ItemLayout layout, Settings settings, Head head) {
    this.name = name;
    this.layout = layout;
    this.settings = settings;
    this.head = head;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final Settings settings() {
    return settings;
  }

  @Override
  public final int features() {
    return layout.features();
  }

  @Override
  public final List<Head> heads() {
    return List.of(head);
  }

  @Override
  public final List<String> defaultHeads() {
    return List.of(head.name());
  }

  final ItemLayout layout() {
    return layout;
  }

  final double setting(Setting setting) {
    return settings.get(setting.name());
  }

  /** Where the scores of the one head go. */
  final String scores() {
    return GraphContract.scores(head.name());
  }

  /** Where their spread goes. */
  final String spread() {
    return GraphContract.spread(head.name());
  }

  final Node queries(GraphBuilder g) {
    return g.input(GraphContract.QUERY_X, Dim.TASKS, Dim.QUERIES, Dim.of(features()));
  }
}
