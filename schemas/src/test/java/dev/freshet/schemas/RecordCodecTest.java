package dev.freshet.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.schemas.Prediction.Answer;
import dev.freshet.schemas.Prediction.Basis;
import dev.freshet.schemas.Prediction.LabelCount;
import dev.freshet.schemas.Prediction.Score;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageEncoder;
import org.junit.jupiter.api.Test;

class RecordCodecTest {
  private static final String DIGEST = "0123456789abcdef".repeat(4);

  @Test
  void readsBackPredictions() throws Exception {
    Prediction prediction =
        new Prediction(
            "categories",
            "toys",
            "q1",
            3,
            77L,
            "prototype-1",
            2,
            "00ff".repeat(8),
            3,
            List.of(new LabelCount("cars", 2), new LabelCount("dolls", 1)),
            Basis.EXAMPLES,
            true,
            false,
            "cpu",
            List.of(
                new Answer(
                    "label",
                    "prototype",
                    List.of(
                        new Score(new Target.LabelTarget("dolls"), 0.75),
                        new Score(new Target.LabelTarget("cars"), 0.25)))),
            OptionalDouble.of(0.1),
            Optional.of("7-00ff"));
    RecordCodec<Prediction> codec = RecordCodec.predictions();

    assertThat(codec.decode(codec.encode(prediction))).isEqualTo(prediction);
    assertThat(codec.encode(prediction)).isEqualTo(codec.encode(prediction));
    assertThat(codec.encode(prediction)).isEqualTo(asAvroWouldWrite(prediction));
    assertThat(codec.toJson(prediction)).startsWith("{\"lineage\":\"categories\"");
  }

  /** Predictions are written field by field; Avro's own writer is what they must agree with. */
  private static byte[] asAvroWouldWrite(Prediction prediction) throws IOException {
    PredictionForm form = new PredictionForm();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new BinaryMessageEncoder<GenericRecord>(GenericData.get(), form.schema())
        .encode(form.toAvro(prediction), bytes);
    return bytes.toByteArray();
  }

  @Test
  void writesEveryKindOfTargetAsAvroWould() throws IOException {
    Prediction prediction =
        new Prediction(
            "readers",
            "u",
            "q",
            0,
            0,
            "r",
            1,
            "",
            0,
            List.of(),
            Basis.RELEASE_ALONE,
            false,
            true,
            "cuda",
            List.of(
                new Answer("rating", "ridge", List.of(new Score(new Target.NumberTarget(3), 3))),
                new Answer("rank", "ridge", List.of(new Score(new Target.ItemTarget("i"), 1))),
                new Answer("empty", "ridge", List.of())),
            OptionalDouble.empty());

    assertThat(RecordCodec.predictions().encode(prediction))
        .isEqualTo(asAvroWouldWrite(prediction));
  }

  @Test
  void readsBackCatalogues() throws UndecodableException {
    ReleaseCatalogue catalogue =
        new ReleaseCatalogue(
            "categories",
            2,
            List.of(
                new ReleaseCatalogue.Entry(
                    "a",
                    DIGEST,
                    "prototype",
                    ReleaseCatalogue.Role.RETIRED,
                    Optional.empty(),
                    1,
                    0),
                new ReleaseCatalogue.Entry(
                    "b", DIGEST, "maml", ReleaseCatalogue.Role.CHAMPION, Optional.of("a"), 2, 0),
                new ReleaseCatalogue.Entry(
                    "c", DIGEST, "maml", ReleaseCatalogue.Role.CANARY, Optional.of("b"), 3, 0.1)));
    RecordCodec<ReleaseCatalogue> codec = RecordCodec.releaseCatalogues();

    assertThat(codec.decode(codec.encode(catalogue))).isEqualTo(catalogue);
    assertThat(catalogue.champion().orElseThrow().release()).isEqualTo("b");
  }

  @Test
  void readsBackScoresAndRefreshRequests() throws UndecodableException {
    ScoreRecord score = new ScoreRecord("categories", "a", "prototype", "label", 5, 40, 30, 12.5);
    RefreshRequest request = new RefreshRequest("categories", "a", "accuracy fell by 5 points");

    ScoreRecord numbers =
        new ScoreRecord(
            "readers",
            "a",
            "heads",
            "rating",
            5,
            40,
            0,
            0,
            Optional.of(new ScoreRecord.NumberErrors(20, 12.5)));

    assertThat(RecordCodec.scores().decode(RecordCodec.scores().encode(score))).isEqualTo(score);
    assertThat(RecordCodec.scores().decode(RecordCodec.scores().encode(numbers)))
        .isEqualTo(numbers);
    assertThat(RecordCodec.refreshRequests().decode(RecordCodec.refreshRequests().encode(request)))
        .isEqualTo(request);
  }

  /** The encoder is shared by all codecs of a thread, and buffers. */
  @Test
  void nothingOfARecordThatCouldNotBeWrittenGetsIntoTheNext() throws UndecodableException {
    RecordCodec<RefreshRequest> codec = RecordCodec.refreshRequests();
    RefreshRequest impossible = new RefreshRequest("categories", "a", nothing());
    RefreshRequest good = new RefreshRequest("categories", "a", "drift");

    assertThatThrownBy(() -> codec.encode(impossible)).isInstanceOf(RuntimeException.class);

    assertThat(codec.decode(codec.encode(good))).isEqualTo(good);
  }

  @SuppressWarnings("NullAway") // what a caller without checks may pass
  private static String nothing() {
    return null;
  }
}
