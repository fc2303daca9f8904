package dev.freshet.schemas;

import static dev.freshet.schemas.AvroRecords.branch;
import static dev.freshet.schemas.AvroRecords.field;
import static dev.freshet.schemas.AvroRecords.record;

import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;

/** The events of items, as branches of the log's union. */
final class ItemEventForm {
  private final Schema itemDescribed;
  private final Schema itemsChanged;
  private final Schema itemState;
  private final Schema segmentState;
  private final Schema segmentRow;

  /**
   * @param event the union of the log's events
   */
  ItemEventForm(Schema event) {
    itemDescribed = branch(event, "ItemDescribed");
    itemsChanged = branch(event, "ItemsChanged");
    itemState = field(itemsChanged, "items").getElementType();
    segmentState = field(itemsChanged, "segments").getElementType();
    segmentRow = field(segmentState, "rows").getElementType();
  }

  GenericRecord toAvro(ItemDescribed value) {
    return record(itemDescribed, value.item(), value.attributes().orElse(null), value.available());
  }

  GenericRecord toAvro(ItemsChanged value) {
    return record(
        itemsChanged,
        value.version(),
        value.asOfSeconds(),
        value.items().stream().map(this::item).toList(),
        value.segments().stream().map(this::segment).toList());
  }

  private GenericRecord item(ItemsChanged.ItemState state) {
    return record(
        itemState,
        state.item(),
        state.attributes().orElse(null),
        state.available(),
        state.count(),
        state.sum(),
        state.recent(),
        state.recentAtSeconds());
  }

  private GenericRecord segment(ItemsChanged.SegmentState state) {
    return record(
        segmentState,
        state.task(),
        state.rows().stream().map(row -> record(segmentRow, row.item(), row.number())).toList());
  }

  static ItemDescribed readDescribed(String lineage, GenericRecord payload) {
    return new ItemDescribed(
        lineage,
        AvroRecords.text(payload, "item"),
        attributes(payload),
        AvroRecords.booleanOf(payload, "available"));
  }

  static ItemsChanged readChanged(String lineage, GenericRecord payload) {
    return new ItemsChanged(
        lineage,
        AvroRecords.longOf(payload, "version"),
        AvroRecords.longOf(payload, "asOfSeconds"),
        AvroRecords.records(payload, "items", ItemEventForm::readItem),
        AvroRecords.records(payload, "segments", ItemEventForm::readSegment));
  }

  private static ItemsChanged.ItemState readItem(GenericRecord state) {
    return new ItemsChanged.ItemState(
        AvroRecords.text(state, "item"),
        attributes(state),
        AvroRecords.booleanOf(state, "available"),
        AvroRecords.longOf(state, "count"),
        AvroRecords.doubleOf(state, "sum"),
        AvroRecords.doubleOf(state, "recent"),
        AvroRecords.longOf(state, "recentAtSeconds"));
  }

  private static ItemsChanged.SegmentState readSegment(GenericRecord state) {
    return new ItemsChanged.SegmentState(
        AvroRecords.text(state, "task"),
        AvroRecords.records(
            state,
            "rows",
            row ->
                new ItemsChanged.SegmentRow(
                    AvroRecords.text(row, "item"), AvroRecords.doubleOf(row, "number"))));
  }

  private static Optional<List<String>> attributes(GenericRecord record) {
    return record.get("attributes") == null
        ? Optional.empty()
        : Optional.of(AvroRecords.texts(record, "attributes"));
  }
}
