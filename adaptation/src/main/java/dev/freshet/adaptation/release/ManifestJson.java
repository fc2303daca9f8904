package dev.freshet.adaptation.release;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code release.json} as bytes. The same manifest gives the same bytes.
 *
 * <p>The file checks itself too: {@code manifestDigest} is the SHA-256 of the file's bytes with
 * this very digest written as 64 zeros. It finds accidents where nobody has told the reader which
 * digest to expect; against intent, only an expected digest helps.
 */
final class ManifestJson {
  private static final Pattern OWN_DIGEST =
      Pattern.compile("\"manifestDigest\"\\s*:\\s*\"([0-9a-f]{64})\"");
  private static final String ZEROS = "0".repeat(64);
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private ManifestJson() {}

  static byte[] write(ReleaseManifest manifest) {
    byte[] unsigned = print(manifest, ZEROS);
    return print(manifest, Sha256.of(unsigned));
  }

  static ReleaseManifest read(byte[] bytes) {
    checkOwnDigest(bytes);
    try {
      return ManifestFields.parse(MAPPER.readTree(bytes));
    } catch (IOException | IllegalArgumentException e) {
      throw new ReleaseDamagedException(
          Release.MANIFEST_FILE + " is not a manifest of this version: " + e.getMessage(), e);
    }
  }

  private static byte[] print(ReleaseManifest manifest, String ownDigest) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("manifestDigest", ownDigest);
    ManifestFields.fill(root, manifest);
    try {
      DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
      DefaultPrettyPrinter printer =
          new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter);
      return (MAPPER.writer(printer).writeValueAsString(root) + "\n")
          .getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree of numbers and texts can be printed.", e);
    }
  }

  /** Bytes are looked at as Latin-1, one character each, so that nothing is lost on the way. */
  private static void checkOwnDigest(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    Matcher matcher = OWN_DIGEST.matcher(text);
    if (!matcher.find()) {
      throw new ReleaseDamagedException(
          Release.MANIFEST_FILE
              + " has no readable manifestDigest, expected 64 lower-case hex digits. It is damaged"
              + " or not a manifest: fetch the release again.");
    }
    String unsigned = text.substring(0, matcher.start(1)) + ZEROS + text.substring(matcher.end(1));
    String got = Sha256.of(unsigned.getBytes(StandardCharsets.ISO_8859_1));
    if (!got.equals(matcher.group(1))) {
      throw new ReleaseDamagedException(
          Release.MANIFEST_FILE
              + " does not agree with its own manifestDigest: expected "
              + matcher.group(1)
              + ", got "
              + got
              + ". It was damaged or edited: fetch the release again.");
    }
  }
}
