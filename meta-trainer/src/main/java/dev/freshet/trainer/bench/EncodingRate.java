package dev.freshet.trainer.bench;

import dev.freshet.adaptation.runtime.Device;
import dev.freshet.encoders.EncodedText;
import dev.freshet.encoders.FloatMiniLmEncoder;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The float MiniLM on a device.
 *
 * @param difference the largest of any feature from the CPU's, vectors being of unit length
 * @param again the same, from the device's own, asked twice
 * @param inOtherCompany the same, from the device's own, of texts encoded alone
 */
record EncodingRate(double textsPerSecond, double difference, double again, double inOtherCompany) {
  private static final int TEXTS = 512;
  private static final int LENGTHS = 8;

  /** Short titles, of a few lengths. */
  static EncodingRate measure(Device device, double seconds) {
    List<String> texts =
        IntStream.range(0, TEXTS)
            .mapToObj(i -> "title number" + " more".repeat(i % LENGTHS) + " " + i % 10)
            .toList();
    try (FloatMiniLmEncoder here = FloatMiniLmEncoder.create(Device.CPU);
        FloatMiniLmEncoder there = FloatMiniLmEncoder.create(device)) {
      List<String> few = texts.subList(0, 2 * LENGTHS);
      List<EncodedText> encodedFew = there.encodeAll(few);
      double difference = difference(here.encodeAll(few), encodedFew);
      double again = difference(encodedFew, there.encodeAll(few));
      double alone = difference(encodedFew, few.stream().map(there::encode).toList());
      there.encodeAll(texts);
      long start = System.nanoTime();
      long encoded = 0;
      do {
        encoded += there.encodeAll(texts).size();
      } while (System.nanoTime() - start < seconds * 1e9);
      double rate = encoded / ((System.nanoTime() - start) / 1e9);
      return new EncodingRate(rate, difference, again, alone);
    }
  }

  private static double difference(List<EncodedText> expected, List<EncodedText> got) {
    double largest = 0;
    for (int i = 0; i < got.size(); i++) {
      float[] a = expected.get(i).vector();
      float[] b = got.get(i).vector();
      for (int f = 0; f < a.length; f++) {
        largest = Math.max(largest, Math.abs((double) a[f] - b[f]));
      }
    }
    return largest;
  }
}
