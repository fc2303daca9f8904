package dev.freshet.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.message.BinaryMessageEncoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TaskEventCodecTest {
  private static final String DIGEST = "0123456789abcdef".repeat(4);
  private final TaskEventCodec codec = new TaskEventCodec();

  static Stream<TaskEvent> everyKindOfEvent() {
    Features text = new Features.TextFeatures("Wooden train set");
    Features vector = new Features.VectorFeatures(1f, -0.5f, 3e-8f);
    return Stream.of(
        new TaskOpened("categories", "toys", List.of()),
        new TaskOpened(
            "categories",
            "toys",
            List.of(new Label("cars", "toy cars", Optional.of("with wheels"))),
            Optional.of(
                SupportPolicy.DEFAULT
                    .withExamplesMax(3, 9)
                    .withExampleAgeMax(Duration.ofMinutes(5))
                    .withOutcomesAsExamples()),
            Optional.of("segment/parents")),
        new ExampleAdded("categories", "toys", "e1", text, new Target.LabelTarget("cars")),
        new ExampleAdded(
            "readers",
            "user 7",
            "e1",
            new Features.ItemFeatures("book-9"),
            new Target.NumberTarget(4.5)),
        new ExampleAdded("readers", "u", "e2", vector, new Target.ItemTarget("book-9")),
        new ExampleRetracted("categories", "toys", "e1"),
        new QueryAsked("categories", "toys", "q1", vector),
        new QueryAsked(
            "readers",
            "user 7",
            "q2",
            Optional.empty(),
            List.of("rank", "rating"),
            List.of(
                new Candidate("book-1", Optional.empty()),
                new Candidate("book-2", Optional.of(text))),
            OptionalInt.of(10)),
        new OutcomeObserved("categories", "toys", "q1", new Target.LabelTarget("cars")),
        new OutcomeObserved(
            "readers", "user 7", "q2", new Target.NumberTarget(4), Optional.of("book-1")),
        new QueryAsked(
            "readers",
            "user 7",
            "q3",
            Optional.empty(),
            List.of(),
            List.of(),
            OptionalInt.of(10),
            Optional.of(new ItemFilter(true, false, List.of("genre:drama"))),
            Optional.of(new Exploration(Exploration.Policy.THOMPSON, 0.1))),
        new TaskOpened("readers", "segment-3", List.of(), Optional.empty(), Optional.empty(), true),
        new TaskClosed("categories", "toys"),
        new ItemDescribed("readers", "book-9", Optional.of(List.of("genre:drama")), true),
        new ItemDescribed("readers", "book-9", Optional.empty(), false),
        new ItemsChanged(
            "readers",
            7,
            1_600_000_000,
            List.of(
                new ItemsChanged.ItemState(
                    "book-9", Optional.of(List.of("new")), true, 3, 12.5, 2.25, 1_599_999_000),
                new ItemsChanged.ItemState("book-1", Optional.empty(), false, 0, 0, 0, 0)),
            List.of(
                new ItemsChanged.SegmentState(
                    "segment-3", List.of(new ItemsChanged.SegmentRow("book-1", 3.5))))),
        new ReleaseActivated("categories", "prototype-1", DIGEST, 3));
  }

  @ParameterizedTest
  @MethodSource("everyKindOfEvent")
  void readsBackWhatItWroteAsAvro(TaskEvent event) throws UndecodableException {
    assertThat(codec.decode(codec.encode(event))).isEqualTo(event);
  }

  @ParameterizedTest
  @MethodSource("everyKindOfEvent")
  void readsBackWhatItWroteAsJson(TaskEvent event) throws UndecodableException {
    assertThat(codec.decode(codec.toJson(event).getBytes(UTF_8))).isEqualTo(event);
  }

  @ParameterizedTest
  @MethodSource("everyKindOfEvent")
  void refusesEveryTruncation(TaskEvent event) {
    byte[] bytes = codec.encode(event);
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> codec.decode(cut)).isInstanceOf(UndecodableException.class);
    }
  }

  @Test
  void readsJsonAsPeopleTypeIt() throws UndecodableException {
    String json =
        """
        {"type": "ExampleAdded", "lineage": "categories", "task": "toys", "example": "e1",
         "features": {"text": "Die-cast car"}, "target": {"label": "cars"}}""";

    assertThat(codec.decode(json.getBytes(UTF_8)))
        .isEqualTo(
            new ExampleAdded(
                "categories",
                "toys",
                "e1",
                new Features.TextFeatures("Die-cast car"),
                new Target.LabelTarget("cars")));
  }

  @Test
  void fillsAJsonPolicyWithDefaults() throws UndecodableException {
    String json =
        """
        {"type":"TaskOpened","lineage":"categories","task":"toys",
         "policy":{"outcomesAreExamples":true}}""";

    assertThat(((TaskOpened) codec.decode(json.getBytes(UTF_8))).policy())
        .contains(SupportPolicy.DEFAULT.withOutcomesAsExamples());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"type":"TaskClosed","lineage":"c","task":"t","tsak":1}|INVALID_EVENT|unknown field 'tsak'
          {"type":"TaskClosd","lineage":"c","task":"t"}|INVALID_EVENT|expected one of [TaskOpened
          {"lineage":"c","task":"t"}|INVALID_EVENT|missing field 'type'
          {"type":"TaskClosed","lineage":"c"}|INVALID_EVENT|TaskClosed names no task
          {"type":"TaskClosed","lineage":"C","task":"t"}|INVALID_EVENT|lineage 'C' is not a name
          {"type":"TaskClosed","lineage":"c","task":""}|INVALID_EVENT|task is empty
          {"type":"ExampleRetracted","lineage":"c","task":"t"}|INVALID_EVENT|missing field 'example'
          {"type":"ExampleRetracted","lineage":"c","task":"t","example":3}|INVALID_EVENT|expected a text
          {"type":"QueryAsked","lineage":"c","task":"t","query":"q","topK":0}|INVALID_EVENT|topK is 0
          {"type":"QueryAsked","lineage":"c","task":"t","query":"q","topK":"x"}|INVALID_EVENT|topK: expected
          {"type":"QueryAsked","lineage":"c","task":"t","query":"q","features":{"txt":1}}|INVALID_EVENT|features: expected an object with one of ['text', 'vector', 'item']
          {"type":"QueryAsked","lineage":"c","task":"t","query":"q","features":{"vector":[]}}|INVALID_EVENT|at least one component
          {"type":"TaskClosed","lineage":"c","lineage":"d","task":"t"}|UNDECODABLE|broken JSON
          {"type":"TaskClosed"|UNDECODABLE|broken JSON
          {}{}|UNDECODABLE|broken JSON
          {"type":"TaskClosed","lineage":"c","task":"\\ud83d"}|INVALID_EVENT|half of a surrogate pair
          {"type":"QueryAsked","lineage":"c","task":"t","query":"q","heads":["a","b","a"]}|INVALID_EVENT|head 'a' stands twice
          """)
  void saysWhatIsWrongWithJson(String json, RejectionReason reason, String message) {
    assertThatThrownBy(() -> codec.decode(json.getBytes(UTF_8)))
        .isInstanceOf(UndecodableException.class)
        .hasMessageContaining(message)
        .extracting(e -> ((UndecodableException) e).reason())
        .isEqualTo(reason);
  }

  @Test
  void tellsForeignBytesFromForeignSchemas() throws IOException {
    var foreign = SchemaBuilder.record("Foreign").fields().requiredInt("x").endRecord();
    var record = new GenericData.Record(foreign);
    record.put("x", 1);
    var bytes = new ByteArrayOutputStream();
    new BinaryMessageEncoder<>(GenericData.get(), foreign).encode(record, bytes);

    assertThatThrownBy(() -> codec.decode(bytes.toByteArray()))
        .extracting(e -> ((UndecodableException) e).reason())
        .isEqualTo(RejectionReason.UNKNOWN_SCHEMA);
    assertThatThrownBy(() -> codec.decode("hello".getBytes(UTF_8)))
        .extracting(e -> ((UndecodableException) e).reason())
        .isEqualTo(RejectionReason.UNDECODABLE);
  }

  @Test
  void refusesOrReadsButNeverCrashesOnFlippedBits() {
    for (TaskEvent event : everyKindOfEvent().toList()) {
      byte[] bytes = codec.encode(event);
      for (int bit = 0; bit < 8 * bytes.length; bit++) {
        byte[] damaged = bytes.clone();
        damaged[bit / 8] ^= (byte) (1 << (bit % 8));
        try {
          assertThat(codec.decode(damaged)).isNotNull();
        } catch (UndecodableException refused) {
          assertThat(refused.reason()).isNotNull();
        }
      }
    }
  }

  /** Jackson takes a brace and three zeros for UTF-32, and fails in another way than on JSON. */
  @ParameterizedTest
  @CsvSource({"7b000000ffffffff", "7b0000002200", "7b00220005", "7b"})
  void refusesWhatOnlyLooksLikeJsonInAnotherEncoding(String hex) {
    assertThatThrownBy(() -> codec.decode(HexFormat.of().parseHex(hex)))
        .extracting(e -> ((UndecodableException) e).reason())
        .isEqualTo(RejectionReason.UNDECODABLE);
  }

  /** Ten bytes of a stranger must not make the job ask for two gigabytes. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "a text of 2 GB, ''",
    "a list of 2^31 labels, 0263 020274 00",
    "a list of 2^62 labels, 0263 020274 00 feffffff",
    "a vector of 2 GB, 0263 020274 02 0265 02",
    "the index of a union, 0263",
  })
  void refusesLengthsThatCannotFollow(String what, String start) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(codec.encode(new TaskClosed("c", "t")), 0, 10);
    bytes.write(HexFormat.of().parseHex(start.replace(" ", "")));
    bytes.write(HexFormat.of().parseHex("d8ffffff0f"));

    assertThatThrownBy(() -> codec.decode(bytes.toByteArray()))
        .as(what)
        .isInstanceOf(UndecodableException.class)
        .hasMessageContaining("cut short or damaged TaskEvent");
  }

  @Test
  void refusesBytesAfterARecord() {
    byte[] bytes = codec.encode(new TaskClosed("c", "t"));

    assertThatThrownBy(() -> codec.decode(Arrays.copyOf(bytes, bytes.length + 1)))
        .hasMessageContaining("bytes follow its end");
  }

  @Test
  void refusesOrReadsButNeverCrashesOnAnyBytes() {
    Random random = new Random(20);
    List<byte[]> seeds =
        everyKindOfEvent()
            .flatMap(event -> Stream.of(codec.encode(event), codec.toJson(event).getBytes(UTF_8)))
            .toList();
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = seeds.get(random.nextInt(seeds.size())).clone();
      for (int n = random.nextInt(4); n >= 0; n--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      try {
        assertThat(codec.decode(bytes)).isNotNull();
      } catch (UndecodableException refused) {
        assertThat(refused.reason()).isNotNull();
      }
    }
  }

  @Test
  void theExampleMadeOfTheLongestQueryIdCanBeRetracted() {
    String longest = "q".repeat(256);

    assertThat(new QueryAsked("c", "t", longest, new Features.TextFeatures("x")).query())
        .isEqualTo(longest);
    assertThat(new ExampleRetracted("c", "t", "outcome:" + longest).example()).endsWith(longest);
  }
}
