/**
 * What travels on the wire: the events of the log, the predictions made from it, the release
 * catalogue and the scores, with their encodings and the topics that carry them.
 *
 * <p>Concepts, in order: a {@link dev.freshet.schemas.TaskKey} names a task and decides its
 * partition; a {@link dev.freshet.schemas.TaskEvent} changes a task or asks something of it; a
 * {@link dev.freshet.schemas.Prediction} answers a {@link dev.freshet.schemas.QueryAsked}; a {@link
 * dev.freshet.schemas.ReleaseCatalogue} says which releases exist; {@link
 * dev.freshet.schemas.Topics} says where each of them lives.
 *
 * <p>Entry points: {@link dev.freshet.schemas.TaskEventCodec} for the log, {@link
 * dev.freshet.schemas.RecordCodec} for the rest. Avro and Jackson stay inside: nobody outside this
 * package sees a {@code GenericRecord} or a {@code JsonNode}.
 */
@NullMarked
package dev.freshet.schemas;

import org.jspecify.annotations.NullMarked;
