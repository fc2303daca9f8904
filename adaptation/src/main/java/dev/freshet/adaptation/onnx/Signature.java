package dev.freshet.adaptation.onnx;

import dev.freshet.adaptation.graph.GraphShape;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Names and shapes of what a graph takes and gives, in the order of the file. */
public record Signature(Map<String, GraphShape> inputs, Map<String, GraphShape> outputs) {
  public Signature {
    inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
  }
}
