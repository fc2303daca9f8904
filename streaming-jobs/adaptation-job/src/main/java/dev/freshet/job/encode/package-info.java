/**
 * Encoding: texts become vectors, in order and in place. Entry point: {@link
 * dev.freshet.job.encode.EncodeFunction}.
 */
@NullMarked
package dev.freshet.job.encode;

import org.jspecify.annotations.NullMarked;
