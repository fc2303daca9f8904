/**
 * Adapting: micro-batches across tasks, each query answered from its own prefix of its task. Entry
 * point: {@link dev.freshet.job.adapt.AdaptOperator}.
 */
@NullMarked
package dev.freshet.job.adapt;

import org.jspecify.annotations.NullMarked;
