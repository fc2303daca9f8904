package dev.freshet.adaptation.graph;

import dev.freshet.adaptation.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The dims of a value in a graph, outermost first. */
public record GraphShape(List<Dim> dims) {
  public GraphShape {
    dims = List.copyOf(dims);
  }

  public static GraphShape of(Dim... dims) {
    return new GraphShape(List.of(dims));
  }

  public static GraphShape of(Shape shape) {
    return new GraphShape(Arrays.stream(shape.toArray()).mapToObj(Dim::of).toList());
  }

  public int rank() {
    return dims.size();
  }

  /** A negative axis counts from the last, which is -1. */
  public Dim dim(int axis) {
    return dims.get(axis < 0 ? axis + rank() : axis);
  }

  /** The shape both can be stretched to along axes of size 1, right-aligned, if there is one. */
  public Optional<GraphShape> broadcast(GraphShape other) {
    int rank = Math.max(rank(), other.rank());
    List<Dim> result = new ArrayList<>();
    for (int axis = 0; axis < rank; axis++) {
      Dim mine = rightAligned(axis, rank);
      Dim theirs = other.rightAligned(axis, rank);
      if (!mine.equals(theirs) && !mine.equals(Dim.ONE) && !theirs.equals(Dim.ONE)) {
        return Optional.empty();
      }
      result.add(mine.equals(Dim.ONE) ? theirs : mine);
    }
    return Optional.of(new GraphShape(result));
  }

  /** All dims but the last {@code count}. */
  GraphShape withoutLast(int count) {
    return new GraphShape(dims.subList(0, rank() - count));
  }

  GraphShape plus(Dim... more) {
    List<Dim> result = new ArrayList<>(dims);
    result.addAll(List.of(more));
    return new GraphShape(result);
  }

  GraphShape with(int axis, Dim dim) {
    List<Dim> result = new ArrayList<>(dims);
    result.set(axis, dim);
    return new GraphShape(result);
  }

  private Dim rightAligned(int axis, int rank) {
    int own = axis - (rank - rank());
    return own < 0 ? Dim.ONE : dims.get(own);
  }

  @Override
  public String toString() {
    return dims.stream().map(Dim::toString).collect(Collectors.joining(", ", "[", "]"));
  }
}
