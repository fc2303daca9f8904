/** Corpora and an encoder so small that a test can tell what must come out. */
@NullMarked
package dev.freshet.trainer.toy;

import org.jspecify.annotations.NullMarked;
