/**
 * A stream of users whom a release has never seen, from what they rated after its cut: tasks open,
 * questions are asked just before the truth comes, and every rating is an example.
 *
 * <p>Concepts, in order: a {@link dev.freshet.trainer.readerstream.StreamSource} has the ratings;
 * {@link dev.freshet.trainer.readerstream.ReaderStreamSettings} bound it; a {@link
 * dev.freshet.trainer.readerstream.ReaderStep} is an event of it, with the truth where it is a
 * question; {@link dev.freshet.trainer.readerstream.ReaderStream} has them all, in the order of
 * time; {@link dev.freshet.trainer.readerstream.StreamYardsticks} answer the same questions. Entry
 * point: {@link dev.freshet.trainer.readerstream.ReaderStream#of}.
 *
 * <p>Nothing here knows how events travel.
 */
@NullMarked
package dev.freshet.trainer.readerstream;

import org.jspecify.annotations.NullMarked;
