package dev.freshet.standalone.readerdemo;

import dev.freshet.trainer.readerstream.ReaderStep;
import dev.freshet.trainer.readerstream.ReaderStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The same stream with new items introduced some steps earlier. A shop lists an item before
 * somebody buys it; a file of ratings has it in the very second, and the job's item table follows
 * the log by a fraction of one. What may be relevant stays as it was.
 */
final class EarlyItems {
  private EarlyItems() {}

  static ReaderStream of(ReaderStream stream, int steps) {
    List<ReaderStep> in = stream.steps();
    List<ReaderStep> out = new ArrayList<>(in.size());
    Deque<ReaderStep> early = new ArrayDeque<>();
    int seen = 0;
    for (int at = 0; at < in.size(); at++) {
      for (; seen < in.size() && seen <= at + steps; seen++) {
        if (in.get(seen) instanceof ReaderStep.ItemIntroduced introduced) {
          early.add(
              new ReaderStep.ItemIntroduced(
                  introduced.item(), introduced.attributes(), in.get(at).seconds()));
        }
      }
      out.addAll(early);
      early.clear();
      if (!(in.get(at) instanceof ReaderStep.ItemIntroduced)) {
        out.add(in.get(at));
      }
    }
    return new ReaderStream(stream.users(), out);
  }
}
