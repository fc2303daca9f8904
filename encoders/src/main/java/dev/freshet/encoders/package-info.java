/**
 * Turns a text into a vector that depends on that text alone: not on its neighbours, its batch, the
 * thread, or what was encoded before. That is what lets a prediction be replayed byte for byte.
 *
 * <p>Concepts, in order: a {@link dev.freshet.encoders.TextEncoder} has an id, which names its
 * bytes and is kept beside every vector in state; an {@link dev.freshet.encoders.EncodedText} is
 * the vector together with what had to be cut; {@link dev.freshet.encoders.CachingEncoder}
 * remembers answers within a number of bytes. Entry point: {@link
 * dev.freshet.encoders.MiniLmEncoder#create()}.
 *
 * <p>Neither ONNX Runtime's nor DJL's types leave this package.
 */
@NullMarked
package dev.freshet.encoders;

import org.jspecify.annotations.NullMarked;
