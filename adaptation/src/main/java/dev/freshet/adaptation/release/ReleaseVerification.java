package dev.freshet.adaptation.release;

import dev.freshet.adaptation.items.ItemTable;
import dev.freshet.adaptation.items.ItemTableBytes;
import dev.freshet.adaptation.onnx.OnnxReader;
import dev.freshet.adaptation.onnx.Signature;
import dev.freshet.adaptation.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Function;

/** From bytes to a {@link Release}: digests first, contents after, contract last. */
final class ReleaseVerification {
  private ReleaseVerification() {}

  static Release verify(Map<String, byte[]> files) {
    byte[] manifestBytes = files.getOrDefault(Release.MANIFEST_FILE, new byte[0]);
    ReleaseManifest manifest = ManifestJson.read(manifestBytes);
    manifest.files().forEach((name, expected) -> checkDigest(name, expected, files));

    OnnxReader onnx = new OnnxReader();
    SortedMap<String, Tensor> initialization =
        parse(files, Release.INITIALIZATION_FILE, onnx::readInitialization);
    Signature adapt = parse(files, Release.ADAPT_FILE, onnx::readSignature);
    Signature predict = parse(files, Release.PREDICT_FILE, onnx::readSignature);
    List<String> problems = new ContractCheck(manifest, initialization, adapt, predict).problems();
    if (!problems.isEmpty()) {
      throw new ReleaseDamagedException(
          "the graphs do not keep the contract: "
              + String.join("; ", problems)
              + ". Write the release anew.");
    }
    String digest = Sha256.of(manifestBytes);
    return new Release(
        manifest, digest, files, initialization, adapt, predict, items(manifest, files));
  }

  /** Names of the other files, by a manifest that is what it says it is. */
  static Set<String> listedFiles(byte[] manifestBytes) {
    return ManifestJson.read(manifestBytes).files().keySet();
  }

  private static Optional<ItemTable> items(ReleaseManifest manifest, Map<String, byte[]> files) {
    if (!manifest.files().containsKey(Release.ITEMS_FILE)) {
      return Optional.empty();
    }
    ItemTable table = parse(files, Release.ITEMS_FILE, ItemTableBytes::read);
    if (table.layout().features() != manifest.features()) {
      throw new ReleaseDamagedException(
          "%s has rows of %d columns, but the release adapts %d features. Write the release anew."
              .formatted(Release.ITEMS_FILE, table.layout().features(), manifest.features()));
    }
    return Optional.of(table);
  }

  private static void checkDigest(String name, String expected, Map<String, byte[]> files) {
    String got = Sha256.of(files.getOrDefault(name, new byte[0]));
    if (!got.equals(expected)) {
      throw new ReleaseDamagedException(
          name
              + " has the digest "
              + got
              + ", expected "
              + expected
              + ". It is damaged or of another release: fetch the release again.");
    }
  }

  private static <T> T parse(Map<String, byte[]> files, String name, Function<byte[], T> reader) {
    try {
      return reader.apply(files.getOrDefault(name, new byte[0]));
    } catch (IllegalArgumentException e) {
      throw new ReleaseDamagedException(name + ": " + e.getMessage(), e);
    }
  }
}
