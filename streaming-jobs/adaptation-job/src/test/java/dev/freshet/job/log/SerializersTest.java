package dev.freshet.job.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.schemas.Features;
import dev.freshet.schemas.QueryAsked;
import dev.freshet.schemas.RejectionReason;
import dev.freshet.schemas.TaskEventCodec;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class SerializersTest {
  private static final QueryAsked QUERY =
      new QueryAsked("categories", "toys", "q", new Features.TextFeatures("red car"));

  @Test
  void aLogRecordSurvivesWithAndWithoutKeyAndValue() throws IOException {
    LoggedEvent full = new LoggedEvent(3, 9, 77, new byte[] {1}, new byte[] {2, 3});
    LoggedEvent empty = new LoggedEvent(0, 0, 0, null, null);

    LoggedEvent back = there(new LoggedEventSerializer(), full);
    assertThat(back.partition()).isEqualTo(3);
    assertThat(back.offset()).isEqualTo(9);
    assertThat(back.timestampMillis()).isEqualTo(77);
    assertThat(back.key()).containsExactly(1);
    assertThat(back.value()).containsExactly(2, 3);
    assertThat(there(new LoggedEventSerializer(), empty).value()).isNull();
  }

  @Test
  void aStampedEventKeepsItsBytesItsStampAndItsVectors() throws IOException {
    byte[] value = new TaskEventCodec().encode(QUERY);
    StampedEvent event =
        new StampedEvent(
                new LoggedEvent(1, 2, 3, new byte[0], value), QUERY, new ReleaseStamp("r", "d", 4))
            .withVectors(List.of(new float[] {1.5f, -0f}), true);

    StampedEvent back = there(new StampedEventSerializer(), event);

    assertThat(back.event()).isEqualTo(QUERY);
    assertThat(back.stamp()).isEqualTo(new ReleaseStamp("r", "d", 4));
    assertThat(back.logged().value()).isEqualTo(value);
    assertThat(back.vectors()).singleElement().isEqualTo(new float[] {1.5f, -0f});
    assertThat(back.truncated()).isTrue();
    assertThat(back.taskKey()).isEqualTo("categories/toys");
  }

  @Test
  void aRejectedEventKeepsItsReason() throws IOException {
    RejectedEvent event =
        new RejectedEvent(
            new LoggedEvent(1, 2, 3, null, new byte[] {7}), RejectionReason.OVERSIZED, "too big");

    RejectedEvent back = there(new RejectedEventSerializer(), event);

    assertThat(back.reason()).isEqualTo(RejectionReason.OVERSIZED);
    assertThat(back.message()).isEqualTo("too big");
    assertThat(back.logged().value()).containsExactly(7);
  }

  @Test
  void refusesAVersionItDoesNotKnow() throws IOException {
    DataOutputSerializer bytes = new DataOutputSerializer(16);
    bytes.writeByte(99);

    assertThatThrownBy(
            () ->
                new LoggedEventSerializer()
                    .deserialize(new DataInputDeserializer(bytes.getCopyOfBuffer())))
        .hasMessageContaining("version 99, expected 1");
  }

  private static <T> T there(TypeSerializer<T> serializer, T value) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    serializer.serialize(value, out);
    DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
    T back = serializer.deserialize(in);
    assertThat(in.available()).isZero();
    return back;
  }
}
