/**
 * The vectors of a corpus's texts, computed once: on disk, keyed by the encoder's id and the text's
 * digest.
 *
 * <p>Concepts, in order: {@link dev.freshet.trainer.embedding.Progress} tells a caller who waits;
 * entry point: {@link dev.freshet.trainer.embedding.EmbeddingStore}. A file that was damaged costs
 * time, never a wrong vector; its layout does not leave this package.
 */
@NullMarked
package dev.freshet.trainer.embedding;

import org.jspecify.annotations.NullMarked;
