package dev.freshet.trainer.evaluation;

import dev.freshet.adaptation.runtime.SupportSet;
import dev.freshet.adaptation.runtime.SupportVector;
import dev.freshet.trainer.regression.LabelledRows;
import java.util.List;
import java.util.Optional;

/**
 * What a task has shown: label names, a way each, and examples in their order. Each contestant
 * takes it in the form it needs.
 *
 * @param names empty where they are hidden
 */
record Support(int ways, Optional<List<SupportVector>> names, List<Example> examples) {

  record Example(int way, SupportVector vector) {}

  Support {
    names = names.map(List::copyOf);
    examples = List.copyOf(examples);
  }

  SupportSet set(int features) {
    SupportSet.Builder builder = SupportSet.builder(features, ways);
    names.ifPresent(
        vectors -> {
          for (int way = 0; way < ways; way++) {
            builder.name(way, vectors.get(way));
          }
        });
    examples.forEach(example -> builder.example(example.way(), example.vector()));
    return builder.build();
  }

  LabelledRows rows(int features) {
    LabelledRows rows = new LabelledRows(features, ways);
    names.ifPresent(
        vectors -> {
          for (int way = 0; way < ways; way++) {
            rows.add(way, vectors.get(way).values());
          }
        });
    examples.forEach(example -> rows.add(example.way(), example.vector().values()));
    return rows;
  }

  Support withoutNames() {
    return new Support(ways, Optional.empty(), examples);
  }
}
