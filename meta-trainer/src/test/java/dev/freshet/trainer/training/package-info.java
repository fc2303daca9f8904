/** Training on the toy corpus: a second a test. */
@NullMarked
package dev.freshet.trainer.training;

import org.jspecify.annotations.NullMarked;
