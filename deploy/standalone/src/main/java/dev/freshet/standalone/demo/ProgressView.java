package dev.freshet.standalone.demo;

import java.util.List;

/** Shows how a demo goes. */
interface ProgressView extends AutoCloseable {
  /** A moment of a demo. */
  record Moment(double seconds, long asked, long answered, List<AccuracyRow> accuracy) {}

  void show(Moment moment);

  @Override
  void close();
}
